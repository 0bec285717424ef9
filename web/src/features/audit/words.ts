// Actions and things of the trail in words. Their names come from the server (`deal.rate_imported`, `rate_import`).
import { textOf } from "@/i18n/text";

/** `session.signed_in` → `Signed in`. */
export function actionName(action: string): string {
  return textOf(action);
}

/** `rate_import` → `Rate import`. */
export function thingName(thing: string): string {
  return textOf(thing);
}
