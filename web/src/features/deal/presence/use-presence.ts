// Who else is at the deal: said every few seconds while the page is in sight, and stored nowhere.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, authorizedFetch, read } from "@/api/client";
import { offers, useSession } from "@/api/session";
import type { Attendant } from "./attendant";

/** Half of what the server waits before it takes somebody to have left. */
const EVERY = 10_000;

type Manner = "looking" | "editing";

function presenceKey(dealId: string) {
  return ["presence", dealId] as const;
}

async function sayPresent(dealId: string, manner: Manner, signal: AbortSignal): Promise<Attendant[]> {
  const { others } = await read(api.PUT("/api/v1/deals/{id}/presence", { params: { path: { id: dealId } }, body: { manner }, signal }));
  return others;
}

/** The others at the deal; tells them of this one. Nobody, in a store that has it switched off. */
export function usePresence(dealId: string, editing: boolean): readonly Attendant[] {
  const session = useSession();
  const { person } = session;
  const offered = offers(session, "presence");
  const queries = useQueryClient();
  const manner: Manner = editing ? "editing" : "looking";
  const { data } = useQuery({
    queryKey: presenceKey(dealId),
    enabled: offered,
    queryFn: ({ signal }) => sayPresent(dealId, manner, signal),
    refetchInterval: EVERY,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const said = useRef<Manner>(manner);
  useEffect(() => {
    if (said.current === manner || !offered) return;
    said.current = manner;
    void queries.refetchQueries({ queryKey: presenceKey(dealId) }, { cancelRefetch: true });
  }, [manner, dealId, offered, queries]);
  useEffect(() => {
    if (!offered) return undefined;
    const leave = () => {
      void queries.cancelQueries({ queryKey: presenceKey(dealId) });
      const body = JSON.stringify({ manner: "gone" });
      const headers = { "Content-Type": "application/json" };
      void authorizedFetch(new Request(`/api/v1/deals/${dealId}/presence`, { method: "PUT", body, headers, keepalive: true })).catch(() => undefined);
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [dealId, offered, queries]);
  return (offered ? (data ?? []) : []).filter(({ id }) => id !== person.id);
}
