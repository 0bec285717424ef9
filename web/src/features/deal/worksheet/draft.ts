// What was typed at a deal and not saved yet, while its reader looks at another page. It lives as long as the page's
// memory, and no longer than the session.
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { sessionState } from "@/api/session";
import { isChanged, type Worksheet } from "./worksheet";

function draftKey(dealId: string) {
  return ["draft", dealId] as const;
}

export function draftOf(queries: QueryClient, dealId: string): Worksheet | undefined {
  return queries.getQueryData<Worksheet>(draftKey(dealId));
}

/** Keeps the sheet when its page is left, and asks before the whole product is. */
export function useDraft(dealId: string, sheet: Worksheet, changed: boolean) {
  const queries = useQueryClient();
  const latest = useRef(sheet);
  useEffect(() => {
    latest.current = sheet;
  });
  useEffect(() => {
    const queryKey = draftKey(dealId);
    return () => {
      if (sessionState().status !== "signedIn" || !isChanged(latest.current)) {
        queries.removeQueries({ queryKey });
        return;
      }
      queries.setQueryDefaults(queryKey, { gcTime: Number.POSITIVE_INFINITY, structuralSharing: false });
      queries.setQueryData(queryKey, latest.current);
    };
  }, [queries, dealId]);
  useEffect(() => {
    if (!changed) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [changed]);
}
