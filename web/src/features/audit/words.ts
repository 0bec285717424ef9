// Actions and things of the trail in words. Their names come from the server (`deal.rate_imported`, `rate_import`).
import { textOf } from "@/i18n/text";

/** `session.signed_in` → `Signed in`. */
export function actionName(action: string): string {
  // Under a name of its own: `rates.imported` is also a sentence on the page of rates.
  return textOf(`trail.action.${action}`);
}

/** `rate_import` → `Rate import`. */
export function thingName(thing: string): string {
  return textOf(`trail.thing.${thing}`);
}
