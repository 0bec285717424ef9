// Saving pencils and moving the deal through its states.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { uuidv7 } from "uuidv7";
import { api, idempotent, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { dealQuery } from "@/api/queries";
import type { Deal, DealAction, DealInput, DealResult } from "@/api/types";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { resultDifferences, type Difference } from "../figures/compare";
import { newPencil, type PencilDraft } from "./new-pencil";
import { basisOf, type Basis, type Edit } from "../worksheet/worksheet";

export type ActionName = DealAction["action"];

const ACTION_PATHS = {
  submit: "/api/v1/deals/{id}/submit",
  approve: "/api/v1/deals/{id}/approve",
  reject: "/api/v1/deals/{id}/reject",
  cancel: "/api/v1/deals/{id}/cancel",
  close: "/api/v1/deals/{id}/close",
  reopen: "/api/v1/deals/{id}/reopen",
} as const;

export interface Saved {
  number: number;
  /** Figures shown here that the server's engine did not confirm. */
  differences: readonly Difference[];
}

interface Pencil extends PencilDraft {
  basis: Basis;
  shown: DealResult | undefined;
}

export function useDealWrites(dealId: string, dispatch: (edit: Edit) => void) {
  const queries = useQueryClient();
  const [saved, setSaved] = useState<Saved>();
  const attempt = useRef<{ of: DealInput; note: string; id: string }>(undefined);
  // Known at once: the next key may come before React has drawn that something is on its way.
  const underway = useRef<"pencil" | "act">(undefined);
  const goOn = useRef(false);
  const arrived = () => {
    underway.current = undefined;
  };

  const fetchDeal = async () => {
    const deal = await queries.fetchQuery({ ...dealQuery(dealId), staleTime: 0 });
    void queries.invalidateQueries({ queryKey: ["deal", dealId, "history"] });
    void queries.invalidateQueries({ queryKey: ["deals"] });
    return deal;
  };

  const pencil = useMutation({
    mutationFn: async ({ shown, ...draft }: Pencil) => {
      const { basis, input, note } = draft;
      // A repeated send of the same typing is the same pencil, so that a lost answer never saves it twice.
      if (attempt.current?.of !== input || attempt.current.note !== note) attempt.current = { of: input, note, id: uuidv7() };
      const { id } = attempt.current;
      const answer = await read(
        api.POST("/api/v1/deals/{id}/scenarios", {
          params: { path: { id: dealId }, header: { ...ifMatch(basis.version), ...idempotent(id) } },
          body: newPencil(id, draft),
        }),
      );
      const differences = shown === undefined ? [] : resultDifferences(shown, answer.pencil.result);
      const deal = await fetchDeal();
      dispatch({ type: "saved", basis: basisOf(deal), sent: input });
      return { deal, saved: { number: answer.pencil.number, differences } };
    },
    onMutate: () => setSaved(undefined),
    onSuccess: ({ saved: arrivedAs }) => {
      setSaved(arrivedAs);
      announce(t("save.penciled", { number: arrivedAs.number }));
    },
    onSettled: arrived,
  });

  const act = useMutation({
    mutationFn: async ({ action, version, reason }: { action: Exclude<ActionName, "pencil">; version: number; reason: string | undefined }) => {
      await read(
        api.POST(ACTION_PATHS[action], {
          params: { path: { id: dealId }, header: ifMatch(version) },
          body: reason === undefined ? {} : { reason },
        }),
      );
      const deal = await fetchDeal();
      dispatch({ type: "adopted", basis: basisOf(deal) });
      return deal;
    },
    onMutate: () => setSaved(undefined),
    onSuccess: (deal) => announce(t(`deal.state.${deal.state}`)),
    onSettled: arrived,
  });

  // Both stay the same from rendering to rendering: the bar of acts is not drawn anew for them.
  const isSaving = useCallback(() => underway.current === "pencil", []);
  const goOnOnceSaved = useCallback(() => {
    goOn.current = true;
  }, []);
  const failed = pencil.error ?? act.error;
  return {
    /** Saves a pencil and hands over the deal as it is then, with whether its next act was asked for meanwhile. */
    savePencil: (draft: Pencil, onSaved: (deal: Deal, goOn: boolean) => void) => {
      if (underway.current !== undefined) return;
      underway.current = "pencil";
      goOn.current = false;
      pencil.mutate(draft, { onSuccess: ({ deal }) => onSaved(deal, goOn.current) });
    },
    /** Fast hands press F1 and F2 in one breath: what follows the pencil waits for it, and falls away if it is refused. */
    goOnOnceSaved,
    act: (action: Exclude<ActionName, "pencil">, version: number, reason: string | undefined) => {
      if (underway.current !== undefined) return;
      underway.current = "act";
      act.mutate({ action, version, reason });
    },
    /** The server keeps the pencil waiting for its reason: whether one is needed is its policy. */
    lacksReason: pencil.error !== null && asApiError(pencil.error).fields.some(({ pointer }) => pointer === "/reason"),
    busy: pencil.isPending || act.isPending,
    /** A pencil is on its way, whether or not the screen shows it yet. */
    isSaving,
    error: failed === null ? undefined : asApiError(failed),
    saved,
    clear: () => {
      setSaved(undefined);
      pencil.reset();
      act.reset();
    },
  };
}

export type DealWrites = ReturnType<typeof useDealWrites>;
