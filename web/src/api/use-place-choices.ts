import { useQuery } from "@tanstack/react-query";
import { countiesQuery, statesQuery } from "./queries";
import type { County, StateView } from "./types";

/** The states, and the counties of the chosen one. Empty while they are on their way. */
export function usePlaceChoices(state: string): { states: readonly StateView[]; counties: readonly County[] } {
  const states = useQuery(statesQuery);
  const counties = useQuery({ ...countiesQuery(state), enabled: state !== "" });
  return { states: states.data?.items ?? [], counties: counties.data?.items ?? [] };
}
