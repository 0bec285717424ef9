// The engine's named operations as the desk uses them. Amounts, rates and dates are strings, as everywhere on the wire.
import type { DealInput, FieldError, ResolvedRates, StepValue } from "@/api/types";

/** A field of a deal that may be moved to reach a target, or laid along an axis. */
export type Variable = "price" | "cashDown" | "tradeAllowance" | "rebate" | "rate" | "termMonths" | "moneyFactor" | "residual";
export type TargetFigure = "payment" | "dueAtSigning" | "frontGross" | "totalGross";

interface OfDeal {
  input: DealInput;
  rates: ResolvedRates;
}

/** The figures of one way to pay, in brief. */
export interface Brief {
  payment?: string;
  dueAtSigning: string;
  total: string;
  gross?: { front: string; back: string; reserve?: string; total: string };
}

export type Reached = Brief & { value: StepValue };

export interface SolveRequest extends OfDeal {
  column: string;
  variable: Variable;
  item?: number;
  target: { figure: TargetFigure; amount: string };
}

/** `certain`: where the target is not met, no value that may be typed meets it; otherwise the search gave up before. */
export type Solved = { pointer: string; certain: boolean } & (
  | { outcome: "exact"; answer: Reached }
  | { outcome: "nearest"; below: Reached; above: Reached }
  | { outcome: "unreachable"; nearest: Reached }
);

export interface Axis {
  variable: Variable;
  values: readonly (string | number)[];
}

export interface GridRequest extends OfDeal {
  column: string;
  axes: readonly Axis[];
}

export type Cell = (Brief & { notices?: string[] }) | { error: FieldError };

export interface Grid {
  shape: number[];
  notices: string[];
  cells: Cell[];
}

export interface CompareRequest {
  scenarios: readonly (OfDeal & { label: string; column: string })[];
}

export interface Line {
  path: string;
  label: string;
  before?: StepValue;
  after?: StepValue;
  difference?: StepValue;
}

export interface Comparison {
  base: { label: string; column: string; figures: Brief };
  others: {
    label: string;
    column: string;
    figures: Brief;
    lines: Line[];
    causes: { inputs: { pointer: string; before?: unknown; after?: unknown }[]; lines: Line[] }[];
  }[];
}

export interface Operations {
  solve: [SolveRequest, Solved];
  grid: [GridRequest, Grid];
  compare: [CompareRequest, Comparison];
}

export type Reply<T> = { ok: true; answer: T } | { ok: false; errors: FieldError[]; detail: string };
