// Which figures a column shows and where each is found. A path names a figure in the result and its step in the trace.
import { t } from "@/i18n/text";
import { isNegative, isZero } from "@/i18n/money";
import { formatValue } from "@/i18n/quantity";
import type { ColumnResult, Step, StepValue } from "@/api/types";

export interface Row {
  path: string;
  /** Taken away from what the customer owes. */
  minus?: boolean;
  /** Shown only where some column has more than nothing of it. */
  onlyWhenSome?: boolean;
}

/** What all columns have, from the price down to the cash. */
export const COMMON_ROWS: readonly Row[] = [
  { path: "price" },
  { path: "accessories", onlyWhenSome: true },
  { path: "products", onlyWhenSome: true },
  { path: "rebates", minus: true, onlyWhenSome: true },
  { path: "docFee", onlyWhenSome: true },
  { path: "fees" },
  { path: "tax.total" },
  { path: "tax.buyerPays", onlyWhenSome: true },
  { path: "netTrade", minus: true, onlyWhenSome: true },
  { path: "negativeEquity", onlyWhenSome: true },
  { path: "cashDown", minus: true },
];

/** What only this kind of column has. */
export const DETAIL_ROWS: Record<ColumnResult["kind"], readonly Row[]> = {
  cash: [{ path: "totalPrice" }],
  finance: [
    { path: "amountFinanced" },
    { path: "prepaidFinanceCharge", onlyWhenSome: true },
    { path: "apr" },
    { path: "financeCharge" },
    { path: "firstPayment" },
    { path: "finalPayment" },
    { path: "totalOfPayments" },
    { path: "totalSalePrice" },
  ],
  lease: [
    { path: "dueAtSigning" },
    { path: "basePayment" },
    { path: "paymentTax", onlyWhenSome: true },
    { path: "grossCapCost" },
    { path: "capCostReduction" },
    { path: "adjustedCapCost" },
    { path: "residual" },
    { path: "depreciation" },
    { path: "rentCharge" },
    { path: "rateEquivalent" },
    { path: "totalOfPayments" },
    { path: "dispositionFee", onlyWhenSome: true },
  ],
};

export const GROSS_ROWS: readonly Row[] = [
  { path: "gross.front" },
  { path: "gross.back" },
  { path: "gross.reserve", onlyWhenSome: true },
  { path: "gross.total" },
];

const RATES = new Set(["rate", "apr", "moneyFactor", "rateEquivalent"]);
const DATES = new Set(["firstPayment"]);

/** The figure at a path, or nothing where this column has none. */
export function valueAt(result: ColumnResult, path: string): StepValue | undefined {
  const found = lookUp(result, path);
  if (typeof found === "number") return { type: "count", value: found };
  if (typeof found !== "string") return undefined;
  if (RATES.has(path)) return { type: "rate", value: found };
  return DATES.has(path) ? { type: "date", value: found } : { type: "money", value: found };
}

function lookUp(result: ColumnResult, path: string): unknown {
  const [head = "", tail = ""] = path.split(/\.(.*)/s);
  if (head === "tax" && tail !== "") {
    const line = result.tax.lines.find((candidate) => candidate.id === tail);
    return line?.amount ?? entry(result.tax, tail);
  }
  if (head === "gross") return result.gross == null ? undefined : entry(result.gross, tail);
  if (head === "fee") return result.fees.find((fee) => fee.code === tail)?.amount;
  return entry(result.figures, path);
}

function entry(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
}

export function stepAt(result: ColumnResult, path: string): Step | undefined {
  return Object.hasOwn(result.trace, path) ? result.trace[path] : undefined;
}

export function isShown(row: Row, results: readonly ColumnResult[]): boolean {
  return results.some((result) => {
    const value = valueAt(result, row.path);
    return value !== undefined && !(row.onlyWhenSome === true && value.type === "money" && isZero(value.value));
  });
}

/** Money that the store loses with the deal. */
export function isLoss(value: StepValue, row: Row): boolean {
  return row.path.startsWith("gross.") && value.type === "money" && isNegative(value.value);
}

/** With the sign it has in the sum of its column. */
export function formatSigned(value: StepValue, row: Row): string {
  const text = formatValue(value, row.path);
  if (row.minus !== true || value.type !== "money" || isZero(value.value)) return text;
  return isNegative(value.value) ? text.replace("−", "+") : `−${text}`;
}

/** A lease tax has a part due at signing and one with the payments, both of the same name. */
function taxName({ id, name }: { id: string; name: string }): string {
  return id.endsWith(".signing") ? t("row.taxAtSigning", { tax: name }) : name;
}

export interface TaxRow {
  path: string;
  name: string;
  /** Whether the rule or the rate behind it is still to be checked, in any column. */
  unverified: boolean;
}

/** The tax lines behind a total, over all columns, in the order the rules gave them; none where all come to nothing. */
export function taxRows(results: readonly ColumnResult[], total: string): TaxRow[] {
  if (total !== "tax.total" && total !== "tax.buyerPays") return [];
  const rows = new Map<string, TaxRow>();
  for (const line of results.flatMap((result) => result.tax.lines)) {
    const belongs = (line.due === "buyerToCounty") === (total === "tax.buyerPays");
    if (!belongs || (isZero(line.amount) && line.verified)) continue;
    const row = rows.get(line.id) ?? { path: `tax.${line.id}`, name: taxName(line), unverified: false };
    rows.set(line.id, { ...row, unverified: row.unverified || !line.verified });
  }
  return [...rows.values()];
}
