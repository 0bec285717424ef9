import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ratesQuery, stateRulesQuery } from "@/api/queries";
import type { ColumnResult, DealInput, DealResult, FieldError, StateRules } from "@/api/types";
import { loadEngine } from "@/engine/engine";
import { useSettled } from "@/ui/use-settled";
import { useSettling } from "@/ui/use-settling";
import { questionOf, type ExplorerValues, type Question } from "./explorer-values";

const PAUSE = 300;

/** What is typed, kept in the address a moment later; a new address replaces it. */
export function useTypedValues(address: ExplorerValues, onSettled: (values: ExplorerValues) => void) {
  const [values, setValues] = useSettling({ value: address, textOf: JSON.stringify, pause: PAUSE, onSettled });
  const change = (part: ExplorerValues) =>
    setValues((before) => Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, text]) => text !== undefined && text !== "")));
  return { values, change, clear: () => setValues({}) };
}

export interface Answer {
  question: Question;
  /** The newest result there is; of an earlier deal while `stale`. */
  result: DealResult | undefined;
  column: ColumnResult | undefined;
  rules: StateRules | undefined;
  stale: boolean;
  errors: readonly FieldError[];
  engine: "loading" | "ready" | "failed";
  ratesFailed: boolean;
}

/** The taxes of what is typed, computed here; only a change of place asks the server. */
export function useTaxes(values: ExplorerValues, today: string): Answer {
  const question = useMemo(() => questionOf(values, today), [values, today]);
  const engine = useQuery({ queryKey: ["engine"], queryFn: loadEngine, staleTime: Number.POSITIVE_INFINITY });
  const placesNow = JSON.stringify(placesOf(question.input));
  const settled = useSettled(placesNow);
  const places = useMemo(() => JSON.parse(settled) as ReturnType<typeof placesOf>, [settled]);
  const rates = useQuery({ ...ratesQuery(places ?? NOWHERE), enabled: places !== null, retry: 1 });
  const ratesNow = settled === placesNow ? rates.data : undefined;
  const outcome = useMemo(
    () =>
      engine.data === undefined || question.input === undefined || ratesNow === undefined
        ? undefined
        : engine.data.calculate(question.input, ratesNow),
    [engine.data, question.input, ratesNow],
  );
  const [lastGood, setLastGood] = useState<DealResult>();
  if (outcome?.ok === true && outcome.result !== lastGood) setLastGood(outcome.result);
  const result = outcome?.ok === true ? outcome.result : lastGood;
  const stamp = result?.rules;
  const rules = useQuery({ ...stateRulesQuery(stamp?.jurisdiction ?? "", stamp?.effective), enabled: stamp !== undefined });
  return {
    question,
    result,
    column: result?.columns[0],
    rules: rules.data,
    stale: outcome?.ok !== true,
    errors: outcome?.ok === false ? outcome.errors : [],
    engine: engine.isError ? "failed" : engine.data === undefined ? "loading" : "ready",
    ratesFailed: rates.isError,
  };
}

const NOWHERE = { dealDate: "", dealerPlace: { state: "" }, buyerPlace: { state: "" } };

function placesOf(input: DealInput | undefined) {
  return input === undefined ? null : { dealDate: input.dealDate, dealerPlace: input.dealerPlace, buyerPlace: input.buyerPlace };
}
