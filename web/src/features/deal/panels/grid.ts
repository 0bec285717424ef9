// A grid over a column: which variables lie where, their values, and what the engine makes of them.
import type { Column, DealInput, FieldError } from "@/api/types";
import type { Cell, Grid } from "@/engine/operations";
import { readyInput, typedPointer } from "../worksheet/columns";
import { valueAtPointer, withValue } from "../worksheet/pointer";
import type { Tools } from "../worksheet/use-worksheet";
import { inOrder, kindOf, ownValue, pointerOf, readList, type GridVariable } from "../worksheet/variables";

/** What a grid begins with; a person types others. */
const USUAL: Record<GridVariable, string> = {
  termMonths: "36 48 60 66 72 75 84",
  cashDown: "0 1000 2000 3000 5000",
  rate: "3.99 4.99 5.99 6.99 7.99 8.99",
  moneyFactor: ".00125 .00150 .00175 .00200 .00225",
  residual: "50 52 54 56 58 60",
  price: "",
};
const USUAL_LEASE_TERMS = "24 27 30 36 39 42 48";
const USUAL_RESIDUAL_AMOUNTS = "";

export interface Layout {
  rows: GridVariable;
  columns: GridVariable;
  layer: GridVariable | undefined;
}

export function firstLayout(column: Column): Layout {
  return { rows: "cashDown", columns: "termMonths", layer: column.kind === "lease" ? "moneyFactor" : "rate" };
}

/** The text of an axis before anybody typed. */
export function usualText(column: Column, variable: GridVariable): string {
  if (column.kind === "lease" && variable === "termMonths") return USUAL_LEASE_TERMS;
  if (variable === "residual" && kindOf(column, variable) === "money") return USUAL_RESIDUAL_AMOUNTS;
  return USUAL[variable];
}

export interface AxisValues {
  values: string[];
  own: string | undefined;
  unread: string[];
}

/** The values of an axis, the deal's own among them. */
export function axisValues(input: DealInput, index: number, variable: GridVariable, text: string): AxisValues {
  const { values, unread } = readList(text, kindOf(input.columns[index], variable));
  const own = ownValue(input, index, variable);
  return { values: inOrder(own === undefined || own === "" ? values : [...values, own]), own, unread };
}

export type Answer = { ok: true; grid: Grid } | { ok: false; errors: FieldError[]; detail: string };

/** Two axes, and a third one at a single value: the last one runs along the top. */
export function askGrid(
  { engine, rates }: Tools,
  input: DealInput,
  column: Column,
  axes: { rows: [GridVariable, string[]]; columns: [GridVariable, string[]]; layer: [GridVariable, string] | undefined },
): Answer {
  const wire = (variable: GridVariable, value: string) => (variable === "termMonths" ? Number(value) : value);
  const axis = ([variable, values]: [GridVariable, string[]]) => ({ variable, values: values.map((value) => wire(variable, value)) });
  const reply = engine.call("grid", {
    input: readyInput(input),
    rates,
    column: column.id,
    axes: [
      ...(axes.layer === undefined ? [] : [axis([axes.layer[0], [axes.layer[1]]])]),
      axis(axes.rows),
      axis(axes.columns),
    ],
  });
  return reply.ok ? { ok: true, grid: reply.answer } : { ok: false, detail: reply.detail, errors: reply.errors };
}

export function cellAt(grid: Grid, row: number, column: number): Cell | undefined {
  return grid.cells[row * (grid.shape.at(-1) ?? 0) + column];
}

/** The input with a cell's values in the column. */
export function applyValues(index: number, values: readonly (readonly [GridVariable, string])[]) {
  return (input: DealInput): DealInput =>
    values.reduce((next, [variable, value]) => withValue(next, pointerOf(next, index, variable), variable === "termMonths" ? Number(value) : value), input);
}

/** An answer of the engine put where it says; nothing where the input has changed so that it no longer fits. */
export function applyAt(computed: DealInput, pointer: string, value: string | number) {
  const place = typedPointer(computed, pointer);
  return (input: DealInput): DealInput => (valueAtPointer(input, place) === value ? input : withValue(input, place, value));
}
