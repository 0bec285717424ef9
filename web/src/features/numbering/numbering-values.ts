import type { NumberingSettings, NumberingWrite } from "@/api/types";
import { t } from "@/i18n/text";
import type { Description } from "@/ui/form-frame";

export const YEARS = ["none", "two", "four"] as const satisfies readonly NumberingWrite["deals"]["year"][];
export type Kind = "newVehicles" | "usedVehicles";

/** A beginning and how many digits there are at least, as the form holds them. */
export interface Stock {
  /** Whether the store gives such numbers; otherwise they are typed. */
  given: boolean;
  prefix: string;
  digits: string;
}

export interface NumberingValues {
  prefix: string;
  year: NumberingWrite["deals"]["year"];
  digits: string;
  newVehicles: Stock;
  usedVehicles: Stock;
}

/** What a series begins with when somebody has it given. */
const USUAL: Record<Kind, string> = { newVehicles: "N", usedVehicles: "U" };

export function numberingValues(saved: NumberingSettings | NumberingWrite | undefined): NumberingValues {
  const stock = (kind: Kind): Stock => ({
    given: saved?.[kind] != null,
    prefix: saved?.[kind]?.prefix ?? USUAL[kind],
    digits: String(saved?.[kind]?.digits ?? 0),
  });
  return {
    prefix: saved?.deals.prefix ?? "",
    year: saved?.deals.year ?? "none",
    digits: String(saved?.deals.digits ?? 0),
    newVehicles: stock("newVehicles"),
    usedVehicles: stock("usedVehicles"),
  };
}

export function numberingWrite({ prefix, year, digits, ...values }: NumberingValues): NumberingWrite {
  const stock = (series: Stock) => (series.given ? { prefix: series.prefix, digits: Number(series.digits) } : undefined);
  const [newVehicles, usedVehicles] = [stock(values.newVehicles), stock(values.usedVehicles)];
  return { deals: { prefix, year, digits: Number(digits) }, ...(newVehicles && { newVehicles }), ...(usedVehicles && { usedVehicles }) };
}

/** A number as it will be shown: what the page shows while it is typed. */
export function example({ prefix, digits }: { prefix: string; digits: string }, next: number, year = ""): string {
  return `${prefix.trim().toUpperCase()}${year}${String(next).padStart(Number(digits), "0")}`;
}

/** The year in a deal's number, of a deal of this day (`2026-03-02`). */
export function yearPart(year: NumberingValues["year"], day: string): string {
  return { none: "", two: `${day.slice(2, 4)}-`, four: `${day.slice(0, 4)}-` }[year];
}

export function describeNumbering(values: NumberingValues): Description {
  const digits = (text: string) => (text === "0" ? t("numbering.digits.none") : t("numbering.digits.least", { count: text }));
  const of = (name: string, part: string) => `${name}: ${part}`;
  const stock = (kind: Kind): Description => {
    const { given, ...series } = values[kind];
    const name = t(`numbering.${kind}`);
    if (!given) return { [name]: t("numbering.typed") };
    return { [of(name, t("numbering.prefix"))]: series.prefix, [of(name, t("numbering.digits"))]: digits(series.digits) };
  };
  const deals = t("numbering.deals");
  return {
    [of(deals, t("numbering.prefix"))]: values.prefix,
    [of(deals, t("numbering.year"))]: t(`numbering.year.${values.year}`),
    [of(deals, t("numbering.digits"))]: digits(values.digits),
    ...stock("newVehicles"),
    ...stock("usedVehicles"),
  };
}
