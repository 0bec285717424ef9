// What differs between two inputs or two results, in words a person can check.
import { formatMoney, formatPercent } from "@/i18n/money";
import { formatValue } from "@/i18n/quantity";
import { textOf } from "@/i18n/text";
import type { ColumnResult, DealInput, DealResult } from "@/api/types";
import { columnName } from "../worksheet/columns";
import { COMMON_ROWS, DETAIL_ROWS, GROSS_ROWS, valueAt } from "./figures";

export interface Difference {
  /** Unique within the list. */
  key: string;
  name: string;
  before: string;
  after: string;
}

/** Figures of the result shown here that the stored result does not confirm to the cent. */
export function resultDifferences(shown: DealResult, stored: DealResult): Difference[] {
  return stored.columns.flatMap((column) => {
    const mine = shown.columns.find((candidate) => candidate.id === column.id);
    return mine === undefined ? [] : columnDifferences(mine, column);
  });
}

function columnDifferences(shown: ColumnResult, stored: ColumnResult): Difference[] {
  const rows = [...COMMON_ROWS, ...DETAIL_ROWS[stored.kind], { path: "payment" }, { path: "balanceDue" }, ...GROSS_ROWS];
  return rows.flatMap(({ path }) => {
    const mine = valueAt(shown, path);
    const theirs = valueAt(stored, path);
    if (mine === undefined || theirs === undefined || formatValue(mine, path) === formatValue(theirs, path)) return [];
    return [
      {
        key: `${stored.id}.${path}`,
        name: `${textOf(`figure.${path}`)}, ${textOf(`column.${stored.kind}`)}`,
        before: formatValue(mine, path),
        after: formatValue(theirs, path),
      },
    ];
  });
}

/** Inputs that differ, leaf by leaf. */
export function inputDifferences(before: DealInput, after: DealInput): Difference[] {
  const one = leaves(named(before));
  const other = leaves(named(after));
  const paths = [...new Set([...one.keys(), ...other.keys()])];
  return paths.flatMap((path) => {
    const was = one.get(path) ?? "—";
    const is = other.get(path) ?? "—";
    return was === is ? [] : [{ key: path, name: pathName(path), before: was, after: is }];
  });
}

/** Columns by name instead of by place, without what only the engine and the server are concerned with. */
function named({ columns, costs: _costs, ...rest }: DealInput): object {
  return { ...rest, columns: Object.fromEntries(columns.map((column) => [columnName(column), column])) };
}

function leaves(value: unknown, path = ""): Map<string, string> {
  if (typeof value === "object" && value !== null) {
    return new Map(Object.entries(value).flatMap(([key, part]) => [...leaves(part, `${path}/${key}`)]));
  }
  return new Map(value === undefined || value === null ? [] : [[path, leafText(path, value)]]);
}

export function leafText(path: string, value: unknown): string {
  const text = String(value);
  if (/\/(rate|percent)$/.test(path)) return text === "" ? "—" : `${formatPercent(text)} %`;
  return /^-?\d+\.\d{2}$/.test(text) ? formatMoney(text) : text;
}

/** `/trades/0/payoff` → `Trade 1, payoff`; also for the paths of the server's change list. */
export function pathName(path: string): string {
  const words = path
    .split(/[/.]/)
    .filter((part) => part !== "")
    .map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : textOf(`figure.${part}`)));
  return words.join(" · ");
}
