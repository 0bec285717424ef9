import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useReducer, useState } from "react";
import { ratesQuery } from "@/api/queries";
import type { AddressedPlace, Deal, DealInput, DealResult, FieldError, Place, ResolvedRates } from "@/api/types";
import { loadEngine, toolsReady, type Engine, type Outcome } from "@/engine/engine";
import { readyInput, typedPointer } from "./columns";
import { draftOf } from "./draft";
import { basisOf, beginWith, edit, hasFaults, type Edit, type Worksheet } from "./worksheet";

export interface Computed {
  /** The newest result there is; of an earlier input while `stale`. */
  result: DealResult | undefined;
  /** The result does not belong to what is typed: something is wrong with it, or its rates are on their way. */
  stale: boolean;
  /** What the engine refuses, by the pointers of the fields as they are typed. */
  errors: readonly FieldError[];
  engine: "loading" | "ready" | "failed";
  ratesLoading: boolean;
  /** For questions beside the figures: grids, targets, comparisons. */
  tools: Tools | undefined;
}

export interface Tools {
  engine: Engine;
  rates: ResolvedRates;
}

export interface DeskState {
  sheet: Worksheet;
  dispatch: (action: Edit) => void;
  computed: Computed;
}

export function useWorksheet(deal: Deal): DeskState {
  const queries = useQueryClient();
  const [sheet, dispatch] = useReducer(edit, deal, (first) => draftOf(queries, first.id) ?? beginWith(basisOf(first)));
  const engine = useQuery({ queryKey: ["engine"], queryFn: loadEngine, staleTime: Number.POSITIVE_INFINITY });
  const rates = useQuery({ ...ratesQuery(placesOf(sheet.input, deal)), retry: 1 });
  const outcome = useMemo(
    () => compute(engine.data, sheet.input, rates.data),
    [engine.data, sheet.input, rates.data],
  );
  const here = useQuery({ queryKey: ["engine", "tools"], queryFn: toolsReady, enabled: engine.data !== undefined, staleTime: Number.POSITIVE_INFINITY });
  const tools = useMemo(
    () => (here.data !== true || engine.data === undefined || rates.data === undefined ? undefined : { engine: engine.data, rates: rates.data }),
    [here.data, engine.data, rates.data],
  );
  const [lastGood, setLastGood] = useState<DealResult | undefined>(deal.current?.result);
  if (outcome?.ok === true && outcome.result !== lastGood) setLastGood(outcome.result);
  const result = outcome?.ok === true ? outcome.result : lastGood;
  // The figures of the saved pencil are those of its input, before anything was computed here.
  const asSaved = outcome === undefined && sheet.input === sheet.basis.input && result !== undefined && result === deal.current?.result;
  const stale = hasFaults(sheet) || (outcome?.ok !== true && !asSaved);
  const errors = outcome?.ok === false ? outcome.errors : NO_ERRORS;
  const state = engine.isError ? "failed" : engine.data === undefined ? "loading" : "ready";
  const ratesLoading = rates.data === undefined;
  const computed = useMemo(() => ({ result, stale, errors, engine: state, ratesLoading, tools }) satisfies Computed, [result, stale, errors, state, ratesLoading, tools]);
  return { sheet, dispatch, computed };
}

const NO_ERRORS: readonly FieldError[] = [];

function compute(
  engine: Awaited<ReturnType<typeof loadEngine>> | undefined,
  input: DealInput,
  rates: ResolvedRates | undefined,
): Outcome | undefined {
  if (engine === undefined || rates === undefined) return undefined;
  const outcome = engine.calculate(readyInput(input), rates);
  if (outcome.ok) return outcome;
  return {
    ok: false,
    errors: outcome.errors.map((error) => ({ ...error, pointer: typedPointer(input, error.pointer) })),
  };
}

/**
 * What decides which local rates reach a deal. The customer's street goes with a place where they live, the store's with the
 * dealer's: a boundary file that the store imported may tell addresses of one ZIP apart. The server does the same on saving.
 */
export function placesOf({ dealDate, dealerPlace, buyerPlace, garagingPlace }: DealInput, deal: Pick<Deal, "customer" | "dealerStreet">) {
  const { place: home, street } = deal.customer;
  const addressed = (place: Place): AddressedPlace => (street != null && home != null && samePostOffice(home, place) ? { ...place, street } : place);
  return {
    dealDate,
    dealerPlace: deal.dealerStreet == null ? dealerPlace : { ...dealerPlace, street: deal.dealerStreet },
    buyerPlace: addressed(buyerPlace),
    garagingPlace: garagingPlace == null ? undefined : addressed(garagingPlace),
  };
}

function samePostOffice(one: Place, other: Place): boolean {
  const five = one.zip?.slice(0, 5);
  return one.state === other.state && five !== undefined && five !== "" && five === other.zip?.slice(0, 5);
}
