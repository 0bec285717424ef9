import type { Deal, DealAction } from "@/api/types";
import { t } from "@/i18n/text";

export interface OfferedAction extends DealAction {
  /** Why it cannot be done at this moment, whoever asks. */
  blocked: string | undefined;
}

/** What the screen holds beside the deal as it is saved. */
export interface Situation {
  changed: boolean;
  mistaken: boolean;
  /** At least one column can be computed. */
  ready: boolean;
}

/** The acts that speak of the saved pencil: unsaved typing would not be part of them. */
const OF_THE_PENCIL: ReadonlySet<DealAction["action"]> = new Set(["submit", "approve", "close"]);

/** The server's list of acts, with what stands against each on this screen. */
export function offeredActions(deal: Pick<Deal, "actions">, { changed, mistaken, ready }: Situation): OfferedAction[] {
  return deal.actions.map((action) => {
    if (action.action === "pencil") {
      return { ...action, blocked: mistaken ? t("action.fixFirst") : ready ? undefined : t("action.needsColumn") };
    }
    return { ...action, blocked: changed && OF_THE_PENCIL.has(action.action) ? t("action.saveFirst") : undefined };
  });
}

/** The acts that lead on. */
const FORWARD: ReadonlySet<DealAction["action"]> = new Set(["submit", "approve", "close", "reopen"]);

/** What comes next for this deal and this person. */
export function forwardAct<Act extends DealAction>(actions: readonly Act[]): Act | undefined {
  return actions.find(({ action, allowed }) => FORWARD.has(action) && allowed);
}

export function isPossible(action: OfferedAction): boolean {
  return action.allowed && action.blocked === undefined;
}

export function reasonAgainst(action: OfferedAction): string | undefined {
  return action.allowed ? action.blocked : (action.why ?? undefined);
}
