// The product's engine in the browser: the same code as the server's, compiled to WebAssembly. It previews; the server decides.
import type { ColumnResult, DealInput, DealResult, FieldError, ResolvedRates } from "@/api/types";
import type { Operations, Reply } from "./operations";
import start, { call, Desk } from "./pkg/autolytiq_wasm.js";

export type Outcome = { ok: true; result: DealResult } | { ok: false; errors: FieldError[] };

export interface Engine {
  calculate: (input: DealInput, rates: ResolvedRates) => Outcome;
  call: <O extends keyof Operations>(operation: O, request: Operations[O][0]) => Reply<Operations[O][1]>;
}

type Answer = { ok: DealResult } | { errors: FieldError[] };

let engine: Promise<Engine> | undefined;

/** Fetches and starts the engine once. */
export function loadEngine(): Promise<Engine> {
  engine ??= start().then(
    () => ({ calculate: run, call: ask }),
    (error: unknown) => {
      engine = undefined;
      throw error;
    },
  );
  return engine;
}

/** The deal computed last, which still has its reasons. */
let desk: Desk | undefined;

function run(input: DealInput, rates: ResolvedRates): Outcome {
  const open = () => new Desk(JSON.stringify(input), JSON.stringify(rates));
  desk?.free();
  const own = open();
  desk = own;
  const answer = JSON.parse(own.figures()) as Answer;
  if (!("ok" in answer)) return { ok: false, errors: answer.errors };
  answer.ok.columns.forEach((column, index) => explainLater(column, () => traceOf(index, own, open)));
  return { ok: true, result: answer.ok };
}

/** Reasons are three quarters of a result, and at most keystrokes nobody asks for them: they are fetched when somebody does. */
function explainLater(column: ColumnResult, trace: () => ColumnResult["trace"]) {
  Object.defineProperty(column, "trace", {
    configurable: true,
    enumerable: true,
    get() {
      const value = trace();
      Object.defineProperty(column, "trace", { enumerable: true, value });
      return value;
    },
  });
}

/** Of an older result the deal is computed again: the engine keeps only the last one. */
function traceOf(column: number, own: Desk, open: () => Desk): ColumnResult["trace"] {
  if (own === desk) return JSON.parse(own.trace(column)) as ColumnResult["trace"];
  const again = open();
  again.figures();
  const trace = again.trace(column);
  again.free();
  return JSON.parse(trace) as ColumnResult["trace"];
}

function ask<O extends keyof Operations>(operation: O, request: Operations[O][0]): Reply<Operations[O][1]> {
  const reply = JSON.parse(call(operation, JSON.stringify(request))) as
    | { ok: Operations[O][1] }
    | { problem: { detail?: string; title: string; errors?: FieldError[] } };
  if ("ok" in reply) return { ok: true, answer: reply.ok };
  const { detail, title, errors } = reply.problem;
  return { ok: false, errors: errors ?? [], detail: detail ?? title };
}

/** How often a tool that is still on its way is looked for, in milliseconds. */
const LOOK_AGAIN = 120;

/** Resolves once the named operations answer: they are fetched behind what a keystroke needs. */
export async function toolsReady(): Promise<boolean> {
  for (;;) {
    const reply = JSON.parse(call("grid", "{}")) as { problem?: { code?: string } };
    if (reply.problem?.code !== "engine-loading") return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
}
