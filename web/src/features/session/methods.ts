import type { FactorMethod, Factors } from "@/api/types";

/** What a person can prove themselves by. */
export function methodsOf({ items, recoveryCodesLeft }: Factors): FactorMethod[] {
  const methods = new Set(items.map(({ method }) => method));
  if (recoveryCodesLeft > 0) methods.add("recoveryCode");
  return [...methods];
}

/** Whether a code of it is sent before it can be typed. */
export function isSent(method: FactorMethod): method is "email" | "sms" {
  return method === "email" || method === "sms";
}
