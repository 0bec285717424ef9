import type { Deal, DealInput } from "@/api/types";
import { t } from "@/i18n/text";
import { FailedBanner, SavedBanner, StaleBanner } from "./deal-banners";
import { useDesk } from "../worksheet/desk-context";
import { ReasonPanel } from "./reason-panel";
import type { ActionName, DealWrites } from "./use-deal-writes";
import { basisOf } from "../worksheet/worksheet";

interface Props {
  deal: Deal;
  writes: DealWrites;
  /** Somebody else saved while this was typed. */
  overtaken: boolean;
  /** The act that waits for its reason. */
  reasonFor: ActionName | undefined;
  onReason: (action: ActionName, reason: string) => void;
  onNoReason: () => void;
}

/** Whatever stands between the header and the figures until it is dealt with: questions, conflicts, failures. */
export function Interruptions({ deal, writes, overtaken, reasonFor, onReason, onNoReason }: Props) {
  const { dispatch } = useDesk();
  const settle = (type: "rebased" | "adopted") => () => {
    writes.clear();
    dispatch({ type, basis: basisOf(deal) });
  };
  const settleWith = (input: DealInput) => {
    writes.clear();
    dispatch({ type: "merged", basis: basisOf(deal), input });
  };
  const { saved } = writes;
  const error = writes.lacksReason ? undefined : writes.error;
  return (
    <div className="flex flex-col gap-3 px-4 py-3 empty:hidden max-md:max-h-[55dvh] max-md:overflow-y-auto max-md:border-t max-md:border-edge max-md:bg-panel">
      {reasonFor !== undefined && (
        <ReasonPanel
          key={reasonFor}
          action={reasonFor}
          question={reasonFor === "pencil" ? t("save.price.reason") : undefined}
          busy={writes.busy}
          onConfirm={(reason) => onReason(reasonFor, reason)}
          onCancel={onNoReason}
        />
      )}
      {overtaken && <StaleBanner deal={deal} onKeep={settle("rebased")} onTake={settle("adopted")} onMerge={settleWith} />}
      {saved !== undefined && <SavedBanner saved={saved} onClose={writes.clear} />}
      {error !== undefined && !(overtaken && error.isStale) && <FailedBanner error={error} onClose={writes.clear} />}
    </div>
  );
}
