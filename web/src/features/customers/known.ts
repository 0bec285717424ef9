import type { Duplicate, DuplicateQuery } from "@/api/types";
import type { TextKey } from "@/i18n/text";
import type { CustomerValues } from "./customer-values";

/** What of the typing can be looked for: a whole telephone number, a whole address. Nothing while both are beginnings. */
export function findable({ phone, email }: Pick<CustomerValues, "phone" | "email">): DuplicateQuery | undefined {
  const number = phone.trim();
  const address = email.trim();
  const digits = number.replaceAll(/\D/g, "").length;
  const wholeNumber = /^\+?[\d\s().-]+$/.test(number) && (number.startsWith("+") ? digits >= 8 && digits <= 15 : digits === 10 || (digits === 11 && /^\D*1/.test(number)));
  const wanted = {
    ...(wholeNumber && { phone: number }),
    ...(/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(address) && { email: address }),
  };
  return Object.keys(wanted).length === 0 ? undefined : wanted;
}

/** What a customer and the typing have in common. */
export function inCommon({ matched }: Pick<Duplicate, "matched">): TextKey {
  if (matched.length > 1) return "customer.known.both";
  return matched[0] === "email" ? "customer.known.email" : "customer.known.phone";
}
