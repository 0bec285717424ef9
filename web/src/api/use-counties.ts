import { useQuery } from "@tanstack/react-query";
import { countiesQuery, localRatesQuery, statesQuery } from "./queries";
import { storeToday, useSessionState } from "./session";
import type { County } from "./types";

const NONE: readonly County[] = [];

/**
 * The counties of a state, where local rates tell them apart; none while they are on their way. Those of the table that the
 * store imported if it did, else of the shipped one, which is all that the set-up of an empty installation can ask for.
 */
export function useCounties(state: string): readonly County[] {
  const states = useQuery(statesQuery);
  const known = states.data?.items.some(({ code }) => code === state) ?? false;
  const signedIn = useSessionState().status === "signedIn";
  const shipped = useQuery({ ...countiesQuery(state), enabled: known && !signedIn });
  const own = useQuery({ ...localRatesQuery(state, storeToday()), enabled: known && signedIn });
  if (!known) return NONE;
  return (signedIn ? own.data?.counties : shipped.data?.items) ?? NONE;
}
