// The columns of the group's table: how each is read, sorted and added up. The table and the cards of a phone both show them.
import type { Rooftop, RooftopSetting } from "@/api/types";
import { formatCount } from "@/i18n/count";
import { formatMoney } from "@/i18n/money";
import { plural, t } from "@/i18n/text";
import type { Sort } from "./filter";

export interface Column {
  key: Exclude<Sort, "name">;
  block: "people" | "desk" | "compliance" | "settings";
  /** The part of a row without which the role does not see it. */
  needs: "people" | "deals" | "unitsInStock" | "compliance" | "settings" | "retention";
  value: (row: Rooftop) => number;
  /** How it is read, where it is no plain number. */
  text?: (row: Rooftop) => string;
  /** Stores add up to a total. */
  adds?: true;
  /** Better looked at than read. */
  bar?: true;
  /** Whether somebody should do something about it. */
  asks?: (row: Rooftop) => boolean;
  /** The setting it is compared by. */
  compared?: RooftopSetting;
}

const NEVER = Number.POSITIVE_INFINITY;

/** Minutes in their largest whole unit. */
export function duration(minutes: number): string {
  if (minutes % 1440 === 0) return t("group.unit.days", { count: minutes / 1440 });
  if (minutes % 60 === 0) return t("group.unit.hours", { count: minutes / 60 });
  return t("group.unit.minutes", { count: minutes });
}

function months(kept: number | null | undefined): string {
  return kept == null ? t("group.retention.never") : t("group.unit.months", { count: kept });
}

function retentionText({ retention }: Rooftop): string {
  if (retention?.withoutPurchaseMonths == null && retention?.afterPurchaseMonths == null) return t("group.retention.never");
  return t("group.retention.text", { without: months(retention?.withoutPurchaseMonths), after: months(retention?.afterPurchaseMonths) });
}

function reviewText({ compliance }: Rooftop): string {
  const days = compliance?.daysSinceAccessReview;
  if (days == null) return t("group.review.never");
  return days === 0 ? t("group.review.today") : plural("group.review.days", days);
}

/** An amount in cents, to be put in order. */
function cents(amount: string | undefined): number {
  return Number((amount ?? "0").replace(".", ""));
}

function count(key: Column["key"], block: Column["block"], needs: Column["needs"], value: Column["value"]): Column {
  return { key, block, needs, value, adds: true };
}

const COLUMNS: readonly Column[] = [
  count("active", "people", "people", (row) => row.people?.active ?? 0),
  { ...count("waiting", "people", "people", (row) => row.people?.waiting ?? 0), asks: (row) => (row.people?.waiting ?? 0) > 0 },
  { ...count("withoutFactor", "people", "people", (row) => row.people?.withoutFactor ?? 0), asks: (row) => (row.people?.withoutFactor ?? 0) > 0 },
  { ...count("locked", "people", "people", (row) => row.people?.locked ?? 0), asks: (row) => (row.people?.locked ?? 0) > 0 },
  { ...count("open", "desk", "deals", (row) => row.deals?.open ?? 0), bar: true },
  { ...count("closed", "desk", "deals", (row) => row.deals?.closedThisMonth ?? 0), bar: true },
  { ...count("units", "desk", "unitsInStock", (row) => row.unitsInStock ?? 0), bar: true },
  {
    key: "review",
    block: "compliance",
    needs: "compliance",
    value: (row) => row.compliance?.daysSinceAccessReview ?? NEVER,
    text: reviewText,
    asks: (row) => row.compliance != null && row.compliance.daysSinceAccessReview == null,
  },
  {
    ...count("incidents", "compliance", "compliance", (row) => row.compliance?.openIncidents ?? 0),
    asks: (row) => (row.compliance?.openIncidents ?? 0) > 0,
  },
  { key: "docFee", block: "settings", needs: "settings", value: (row) => cents(row.settings?.docFee), text: (row) => formatMoney(row.settings?.docFee ?? "0.00"), compared: "docFee" },
  {
    key: "sessions",
    block: "settings",
    needs: "settings",
    value: (row) => row.settings?.idleMinutes ?? 0,
    text: ({ settings }) => t("group.sessions.text", { idle: duration(settings?.idleMinutes ?? 0), most: duration((settings?.absoluteHours ?? 0) * 60) }),
    compared: "sessions",
  },
  { key: "retention", block: "settings", needs: "retention", value: (row) => row.retention?.afterPurchaseMonths ?? NEVER, text: retentionText, compared: "retention" },
  {
    key: "sso",
    block: "settings",
    needs: "settings",
    value: (row) => (row.settings?.singleSignOn === true ? 1 : 0),
    text: (row) => t(row.settings?.singleSignOn === true ? "group.sso.on" : "group.sso.off"),
  },
];

/** Those that the role sees. */
export function columnsOf(rows: readonly Rooftop[]): Column[] {
  return COLUMNS.filter(({ needs }) => rows.some((row) => row[needs] != null));
}

export function cellText({ value, text }: Column, row: Rooftop): string {
  return text === undefined ? formatCount(value(row)) : text(row);
}

/** Whether a setting is not what is usual in the group. */
export function isUnusual({ compared }: Column, row: Rooftop): boolean {
  return compared !== undefined && row.differs.includes(compared);
}

/** Where a store stands, in a few words. */
export function placeText({ place, timeZone }: Rooftop): string {
  const town = place.city ?? place.county;
  const where = town == null ? place.state : `${town}, ${place.state}`;
  return `${where} · ${timeZone}`;
}
