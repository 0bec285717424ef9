import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { listen } from "@/api/events";
import { lookForNewBuild } from "@/lib/build";

/**
 * Keeps what is on the screen as the server has it: a changed deal is read again, and the desk log with it.
 * Mounted anew for each store.
 */
export function LiveUpdates() {
  const queries = useQueryClient();
  useEffect(() => {
    const stop = new AbortController();
    void listen(
      ({ type, data }) => {
        if (type === "deal.presence" && isPresence(data)) {
          // Only of a deal that is on the screen.
          const key = ["presence", data.dealId];
          if (queries.getQueryData(key) !== undefined) queries.setQueryData(key, data.people);
        }
        if (type !== "deal.changed") return;
        void queries.invalidateQueries({ queryKey: ["deals"] });
        if (typeof data === "object" && data !== null && "dealId" in data) {
          void queries.invalidateQueries({ queryKey: ["deal", data.dealId] });
        }
      },
      () => {
        void queries.invalidateQueries();
        lookForNewBuild();
      },
      stop.signal,
    );
    return () => stop.abort();
  }, [queries]);
  return null;
}

function isPresence(data: unknown): data is { dealId: string; people: unknown[] } {
  return typeof data === "object" && data !== null && "dealId" in data && "people" in data && Array.isArray(data.people);
}
