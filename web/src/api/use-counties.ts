import { useQuery } from "@tanstack/react-query";
import { countiesQuery, statesQuery } from "./queries";
import type { County } from "./types";

const NONE: readonly County[] = [];

/** The counties of a state, where local rates tell them apart; none while they are on their way. */
export function useCounties(state: string): readonly County[] {
  const states = useQuery(statesQuery);
  const known = states.data?.items.some(({ code }) => code === state) ?? false;
  const counties = useQuery({ ...countiesQuery(state), enabled: known });
  return known ? (counties.data?.items ?? NONE) : NONE;
}
