// The fields of a way to pay that may be moved: what they are called, read and written as.
import type { Column, DealInput, StepValue } from "@/api/types";
import type { Variable } from "@/engine/operations";
import { formatCount } from "@/i18n/count";
import { formatFactor, formatMoney, formatPercent } from "@/i18n/money";
import { t, type TextKey } from "@/i18n/text";
import { valueAtPointer } from "./pointer";
import { readText, type FieldKind } from "./worksheet";

export type GridVariable = Exclude<Variable, "tradeAllowance" | "rebate">;

export interface Choice {
  variable: Variable;
  /** Which trade or rebate. */
  item: number;
  label: string;
}

const LABELS: Record<Variable, TextKey> = {
  price: "deal.price",
  cashDown: "deal.down",
  tradeAllowance: "deal.trade.allowance",
  rebate: "deal.rebate",
  rate: "figure.rate",
  termMonths: "figure.termMonths",
  moneyFactor: "column.moneyFactor",
  residual: "figure.residual",
};

const OF_KIND: Record<Column["kind"], readonly GridVariable[]> = {
  cash: ["price", "cashDown"],
  finance: ["cashDown", "termMonths", "rate", "price"],
  lease: ["cashDown", "termMonths", "moneyFactor", "residual", "price"],
};

export function labelOf(variable: Variable): string {
  return t(LABELS[variable]);
}

/** Where a variable of a column stands in the input. */
export function pointerOf(input: DealInput, index: number, variable: GridVariable): string {
  const column = input.columns[index];
  switch (variable) {
    case "price":
      return "/price";
    case "cashDown":
      return column !== undefined && column.kind !== "cash" && column.cashDown != null ? `/columns/${index}/cashDown` : "/cashDown";
    case "residual":
      return `/columns/${index}/residual/${isPercent(column) ? "percent" : "amount"}`;
    case "rate":
    case "termMonths":
    case "moneyFactor":
      return `/columns/${index}/${variable}`;
  }
}

function isPercent(column: Column | undefined): boolean {
  return column?.kind === "lease" && "percent" in column.residual;
}

export function kindOf(column: Column | undefined, variable: Variable): FieldKind {
  switch (variable) {
    case "termMonths":
      return "count";
    case "rate":
      return "percent";
    case "moneyFactor":
      return "factor";
    case "residual":
      return isPercent(column) ? "percent" : "money";
    case "price":
    case "cashDown":
    case "tradeAllowance":
    case "rebate":
      return "money";
  }
}

/** What can be laid along an axis, without what the reader may not change. */
export function axesOf(column: Column, fixed: readonly string[]): GridVariable[] {
  return OF_KIND[column.kind].filter((variable) => variable !== "price" || !fixed.includes("/price"));
}

/** What can give to reach a target, without what the reader may not change. */
export function givesOf(input: DealInput, column: Column, fixed: readonly string[]): Choice[] {
  const own = axesOf(column, fixed).map((variable) => ({ variable, item: 0, label: labelOf(variable) }));
  const trades = fixed.includes("/trades") ? [] : (input.trades ?? []);
  const named = trades.map((trade, item) => ({
    variable: "tradeAllowance" as const,
    item,
    label: trade.description == null || trade.description === "" ? labelOf("tradeAllowance") : t("roll.allowanceOf", { trade: trade.description }),
  }));
  return [...own, ...named];
}

/** The value a variable has now, as it stands in the input. */
export function ownValue(input: DealInput, index: number, variable: GridVariable): string | undefined {
  const value = valueAtPointer(input, pointerOf(input, index, variable)) ?? (variable === "cashDown" ? "0.00" : undefined);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

export function writeVariable(value: string, kind: FieldKind): string {
  switch (kind) {
    case "money":
      return formatMoney(value);
    case "percent":
      return `${formatPercent(value)} %`;
    case "factor":
      return formatFactor(value);
    case "count":
      return formatCount(Number(value));
    case "text":
      return value;
  }
}

/** A value of the engine, as a variable of its kind is written. */
export function writeReached(value: StepValue, kind: FieldKind): string {
  return "value" in value ? writeVariable(String(value.value), kind) : "–";
}

/** A list of values as they are typed: `0  1000  2,000.50`. What cannot be read is named. */
export function readList(text: string, kind: FieldKind): { values: string[]; unread: string[] } {
  const values: string[] = [];
  const unread: string[] = [];
  for (const word of text.split(/[\s;]+|,(?=\s)/).filter((part) => part !== "" && part !== "%")) {
    const reading = readText({ kind, emptied: "fault" }, word);
    if ("value" in reading && reading.value !== undefined) values.push(reading.value);
    else unread.push(word);
  }
  return { values, unread };
}

/** Ascending, each once. */
export function inOrder(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted((one, other) => Number(one) - Number(other));
}
