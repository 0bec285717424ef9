// The columns of a deal: ways to pay side by side.
import { t } from "@/i18n/text";
import type { Column, ColumnResult, DealInput } from "@/api/types";

export type ColumnKind = Column["kind"];

/** The most columns the engine takes. */
export const MOST_COLUMNS = 12;

const NEW_TERM = { finance: 72, lease: 36 } as const;

/** `"Finance 72"`: the kind with its term. */
export function columnName(column: Column): string {
  switch (column.kind) {
    case "cash":
      return t("column.cash");
    case "finance":
      return `${t("column.finance")} ${column.termMonths}`;
    case "lease":
      return `${t("column.lease")} ${column.termMonths}`;
  }
}

/** Whether everything that nobody may invent has been typed: a rate, a money factor, a residual. */
export function isReady(column: Column): boolean {
  switch (column.kind) {
    case "cash":
      return true;
    case "finance":
      return column.rate !== "";
    case "lease":
      return column.moneyFactor !== "" && !("percent" in column.residual && column.residual.percent === "");
  }
}

/** The input without the columns that still wait for a rate. */
export function readyInput(input: DealInput): DealInput {
  return input.columns.every(isReady) ? input : { ...input, columns: input.columns.filter(isReady) };
}

/** A pointer into the input as it was computed, as a pointer into the input as it is typed. */
export function typedPointer(input: DealInput, pointer: string): string {
  const match = /^\/columns\/(\d+)(.*)$/.exec(pointer);
  if (match === null) return pointer;
  const places = input.columns.flatMap((column, index) => (isReady(column) ? [index] : []));
  const place = places[Number(match[1])];
  return place === undefined ? pointer : `/columns/${place}${match[2] ?? ""}`;
}

/** A new column without a rate: whoever adds it types one. */
export function addColumn(kind: ColumnKind) {
  return (input: DealInput): DealInput => ({ ...input, columns: [...input.columns, newColumn(kind, input.columns)] });
}

export function removeColumn(index: number) {
  return (input: DealInput): DealInput => ({ ...input, columns: input.columns.toSpliced(index, 1) });
}

function newColumn(kind: ColumnKind, others: readonly Column[]): Column {
  const id = freeId(kind, new Set(others.map((column) => column.id)));
  switch (kind) {
    case "cash":
      return { kind, id };
    case "finance":
      return { kind, id, rate: "", termMonths: NEW_TERM.finance };
    case "lease":
      return { kind, id, moneyFactor: "", termMonths: NEW_TERM.lease, residual: { percent: "" } };
  }
}

function freeId(kind: ColumnKind, taken: ReadonlySet<string>): string {
  if (!taken.has(kind)) return kind;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${kind}-${number}`)) return `${kind}-${number}`;
  }
}

/** The figure a column is about: what the customer pays. */
export function headline(result: ColumnResult): { path: string; amount: string; monthly: boolean } {
  return result.kind === "cash"
    ? { path: "balanceDue", amount: result.figures.balanceDue, monthly: false }
    : { path: "payment", amount: result.figures.payment, monthly: true };
}
