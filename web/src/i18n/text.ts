// All text of the product goes through keys. One language today; a second one is a second catalogue with the same keys.
import { access } from "./en/access";
import { account } from "./en/account";
import { accountLinks } from "./en/account-links";
import { admin } from "./en/admin";
import type { audit } from "./en/audit";
import type { compliance } from "./en/compliance";
import { desk } from "./en/desk";
import { deal } from "./en/deal";
import { deskTools } from "./en/desk-tools";
import { figures } from "./en/figures";
import type { messages } from "./en/messages";
import type { numbering } from "./en/numbering";
import { people } from "./en/people";
import type { privacy } from "./en/privacy";
import type { group } from "./en/group";
import type { peopleImport } from "./en/people-import";
import { product } from "./en/product";
import type { protection } from "./en/protection";
import type { singleSignOn } from "./en/single-sign-on";
import { stock } from "./en/stock";
import type { storeProfile } from "./en/store-profile";
import type { switches } from "./en/switches";
import type { taxes } from "./en/taxes";
import type { teams } from "./en/teams";

const OF_ALL_PAGES = { ...product, ...access, ...account, ...accountLinks, ...people, ...stock, ...desk, ...deal, ...deskTools, ...figures, ...admin } as const;

type Catalogue = typeof OF_ALL_PAGES & typeof group & typeof taxes & typeof privacy & typeof compliance & typeof audit & typeof protection & typeof singleSignOn & typeof peopleImport & typeof storeProfile & typeof messages & typeof teams & typeof switches & typeof numbering;

/** What belongs to one feature's pages comes with their scripts: its `texts.ts` adds it. */
const catalogue = { ...OF_ALL_PAGES } as Catalogue;

/** Pages that bring texts of their own add them before they are shown. */
export function addTexts(texts: Partial<Catalogue>) {
  Object.assign(catalogue, texts);
}

export type TextKey = keyof typeof catalogue;
export type TextValues = Record<string, string | number>;

/** The text of a key, with `{name}` replaced by the value of that name. */
export function t(key: TextKey, values?: TextValues): string {
  return fill(catalogue[key], values);
}

/** Text for a key that came over the wire (`figure.amountFinanced`). An unknown one is made readable. */
export function textOf(key: string): string {
  return isTextKey(key) ? catalogue[key] : readable(key);
}

export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(catalogue, key);
}

/** `{count}` in the form of its number: `plural("desk.deals", 1)` reads `desk.deals.one`. */
export function plural(key: PluralKey, count: number): string {
  return t(count === 1 ? `${key}.one` : `${key}.other`, { count });
}

type PluralKey = { [K in TextKey]: K extends `${infer Stem}.one` ? Stem : never }[TextKey];

function fill(text: string, values: TextValues = {}): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** `figure.capCostReduction` → `Cap cost reduction`. */
function readable(key: string): string {
  const last = key.slice(key.lastIndexOf(".") + 1);
  const words = last.replaceAll(/[-_]/g, " ").replaceAll(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
