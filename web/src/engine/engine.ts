// The product's engine in the browser: the same code as the server's, compiled to WebAssembly. It previews; the server decides.
import type { DealInput, DealResult, FieldError, ResolvedRates } from "@/api/types";
import start, { calculate } from "./pkg/autolytiq_wasm.js";

export type Outcome = { ok: true; result: DealResult } | { ok: false; errors: FieldError[] };

export interface Engine {
  calculate: (input: DealInput, rates: ResolvedRates) => Outcome;
}

type Answer = { ok: DealResult } | { errors: FieldError[] };

let engine: Promise<Engine> | undefined;

/** Fetches and starts the engine once. */
export function loadEngine(): Promise<Engine> {
  engine ??= start().then(
    () => ({ calculate: run }),
    (error: unknown) => {
      engine = undefined;
      throw error;
    },
  );
  return engine;
}

function run(input: DealInput, rates: ResolvedRates): Outcome {
  const answer = JSON.parse(calculate(JSON.stringify(input), JSON.stringify(rates))) as Answer;
  return "ok" in answer ? { ok: true, result: answer.ok } : { ok: false, errors: answer.errors };
}
