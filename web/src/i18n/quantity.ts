// The engine's values and names as a person reads them.
import { formatCount } from "./count";
import { formatCivilDate } from "./dates";
import { formatFactor, formatMoney, formatPercent, roundDecimal } from "./money";

/** A value as the engine's traces carry it. */
export type Quantity =
  | { type: "money" | "rate" | "decimal" | "date" | "text"; value: string }
  | { type: "count"; value: number }
  | { type: "none" };

/** A figure as a person reads it. A money factor is the one rate that is not a percentage. */
export function formatValue(value: Quantity, name = "", exact = false): string {
  switch (value.type) {
    case "money":
      return formatMoney(value.value);
    case "rate":
      // A solved rate has more digits than anybody reads; the panel that explains it shows them all.
      return /factor/i.test(name) ? formatFactor(value.value) : `${formatPercent(exact ? value.value : roundDecimal(value.value, 5))} %`;
    case "date":
      return formatCivilDate(value.value);
    case "count":
      return formatCount(value.value);
    case "decimal":
    case "text":
      return value.value;
    case "none":
      return "–";
  }
}

/** The engine's names as words, alike in a formula and in its list: `rebate:manufacturer`, `taxable_fees`, `termMonths`. */
export function plainWords(text: string): string {
  return text
    .replaceAll(/([a-z])[_:](?=[a-z])/g, "$1 ")
    .replaceAll(/\b[a-z]+(?:[A-Z][a-z]+)+\b/g, (name) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}
