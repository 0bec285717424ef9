import { t } from "@/i18n/text";
import type { ApiError } from "./problem";

/** What a form says when it could not be saved; nothing when its fields say it all. */
export function problemText(error: ApiError | undefined, shownPointers: readonly string[] = []) {
  if (error === undefined) return undefined;
  if (error.isOffline) return { message: t("error.offline"), reference: undefined };
  const elsewhere = error.fields.filter((field) => !shownPointers.includes(field.pointer));
  if (error.fields.length > 0 && elsewhere.length === 0) return undefined;
  const details = elsewhere.map((field) => field.detail);
  return { message: details.length > 0 ? details.join(" ") : error.message, reference: error.requestId };
}
