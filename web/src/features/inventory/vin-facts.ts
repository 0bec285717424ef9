import type { VinDecode } from "@/api/types";
import { t } from "@/i18n/text";
import type { VehicleValues } from "./vehicle-values";

/** The length of every VIN since 1981. */
export const VIN_LENGTH = 17;

/** As it is asked about: upper case, without what surrounds it. Nothing until it is complete. */
export function completeVin(typed: string): string | undefined {
  const vin = typed.trim().toUpperCase();
  return vin.length === VIN_LENGTH ? vin : undefined;
}

/** `2022`, or `2026 or 1996` where the VIN alone cannot tell. */
export function yearsText(years: readonly number[]): string {
  const [first, ...rest] = years;
  return rest.reduce((text, year) => t("vin.or", { years: text, year }), first === undefined ? "" : String(first));
}

/** The short of it: who built it, and when. */
export function vinFacts({ manufacturer, country, modelYears }: VinDecode): string {
  return [manufacturer ?? country, yearsText(modelYears)].filter((fact) => fact != null && fact !== "").join(", ");
}

export interface Difference {
  field: "year" | "make";
  entered: string;
  decoded: string;
}

/** Where the typed year or make is not what the VIN says. What is not typed yet, or not known of the VIN, is no difference. */
export function vinDifferences({ modelYears, makes }: VinDecode, { year, make }: Pick<VehicleValues, "year" | "make">): Difference[] {
  const found: Difference[] = [];
  const typedYear = year.trim();
  if (/^\d{4}$/.test(typedYear) && modelYears.length > 0 && !modelYears.includes(Number(typedYear))) {
    found.push({ field: "year", entered: typedYear, decoded: yearsText(modelYears) });
  }
  const typedMake = make.trim();
  if (typedMake !== "" && makes.length > 0 && !makes.some((known) => sameName(known, typedMake))) {
    found.push({ field: "make", entered: typedMake, decoded: makes.join(", ") });
  }
  return found;
}

/** `Mercedes-Benz` is `mercedes benz`. */
function sameName(one: string, other: string): boolean {
  const letters = (name: string) => name.toLowerCase().replaceAll(/[^a-z\d]/g, "");
  return letters(one) === letters(other);
}
