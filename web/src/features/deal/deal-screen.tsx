import { useEffect, useMemo, useState } from "react";
import type { Deal } from "@/api/types";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { useIsVeryWide, useIsWide } from "@/ui/use-media";
import { ActionBar } from "./action-bar";
import { isReady } from "./columns";
import { ColumnsTable } from "./columns-table";
import { Notices } from "./notices";
import { DealHeader } from "./deal-header";
import { DeskContext, type Desk } from "./desk-context";
import { onDeskKey } from "./desk-keys";
import { InputsPanel } from "./inputs-panel";
import { Interruptions } from "./interruptions";
import { offeredActions } from "./offered-actions";
import { PaymentBar } from "./payment-bar";
import { SidePanel } from "./side-panel";
import { focusInputs, useDealKeys } from "./use-deal-keys";
import { useDealWrites, type ActionName } from "./use-deal-writes";
import { usePanel } from "./use-panel";
import { useSpokenPayment } from "./use-spoken-payment";
import { useWorksheet } from "./use-worksheet";
import { basisOf, hasFaults, isChanged } from "./worksheet";

/** One deal, from the price to the payment, on one screen. */
export function DealScreen({ deal }: { deal: Deal }) {
  const { sheet, dispatch, computed } = useWorksheet(deal);
  const writes = useDealWrites(deal.id, dispatch);
  const panel = usePanel();
  const wide = useIsWide();
  const veryWide = useIsVeryWide();
  const [chosen, setChosen] = useState<string>();
  const [reasonFor, setReasonFor] = useState<ActionName>();
  const [note, setNote] = useState("");

  const column = sheet.input.columns.find(({ id }) => id === chosen) ?? sheet.input.columns[0];
  const result = computed.result?.columns.find(({ id }) => id === column?.id);
  const editable = deal.actions.some(({ action, allowed }) => action === "pencil" && allowed);
  const changed = isChanged(sheet);
  const behind = deal.version !== sheet.basis.version && !writes.busy;
  useEffect(() => {
    // Nothing of one's own is at stake: what others saved is simply shown.
    if (behind && !changed) dispatch({ type: "adopted", basis: basisOf(deal) });
  }, [behind, changed, deal, dispatch]);
  const isFirstPencil = deal.current == null && editable;
  useEffect(() => {
    if (isFirstPencil) focusInputs();
  }, [isFirstPencil]);
  useSpokenPayment(column, result);
  useDealKeys({ panelOpen: panel.panel !== undefined, onHistory: panel.toggleHistory, onBack: panel.back });

  const actions = offeredActions(deal, {
    changed,
    mistaken: hasFaults(sheet) || computed.errors.length > 0,
    ready: sheet.input.columns.some(isReady),
  });
  const perform = (action: ActionName, reason: string | undefined) => {
    setReasonFor(undefined);
    if (action === "pencil") {
      writes.savePencil(
        { basis: sheet.basis, input: sheet.input, shown: computed.stale ? undefined : computed.result, reason, note },
        // What was typed while it was being saved belongs to the next one.
        () => setNote((typed) => (typed === note ? "" : typed)),
      );
    } else {
      writes.act(action, sheet.basis.version, reason);
    }
  };
  const begin = (action: ActionName) => {
    const asks = actions.some((offer) => offer.action === action && offer.reasonRequired);
    if (asks) setReasonFor(action);
    else perform(action, undefined);
  };

  const desk: Desk = useMemo(
    () => ({ sheet, dispatch, computed, editable, ask: panel.ask, asked: panel.asked, activeColumn: column?.id ?? "" }),
    [sheet, dispatch, computed, editable, panel.ask, panel.asked, column?.id],
  );
  const side = panel.panel !== undefined && (
    <SidePanel panel={panel.panel} deal={deal} trail={panel.trail} onFollow={panel.follow} onBack={panel.back} onClose={panel.close} />
  );
  return (
    <DeskContext value={desk}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the controls inside */}
      <div onKeyDown={onDeskKey} className="flex h-full flex-col max-md:h-auto">
        <DealHeader
          deal={deal}
          result={result}
          changed={changed}
          panelButtons={
            <Button look="quiet" combo="h" aria-pressed={panel.panel === "history"} onClick={panel.toggleHistory}>
              {t("action.history")}
            </Button>
          }
          actions={<ActionBar actions={actions} unsaved={changed || deal.current == null} busy={writes.busy} saving={writes.saving} onAct={begin} />}
        />
        <Interruptions
          deal={deal}
          writes={writes}
          overtaken={behind && changed}
          reasonFor={reasonFor ?? (writes.lacksReason ? "pencil" : undefined)}
          onReason={perform}
          onNoReason={() => {
            setReasonFor(undefined);
            writes.clear();
          }}
        />
        <div className="flex min-h-0 grow">
          <div className="flex min-h-0 min-w-0 grow max-md:flex-col">
            <div className="overflow-y-auto border-line md:w-72 md:shrink-0 md:border-r">
              <InputsPanel note={note} onNote={setNote} />
            </div>
            <div className="min-w-0 grow overflow-y-auto">
              <ColumnsTable only={wide ? undefined : column?.id} />
              <Notices rulesCorrected={deal.rulesCorrected} />
            </div>
          </div>
          {veryWide && side}
        </div>
        <div className="bottom-0 z-20 max-md:sticky">
          {!veryWide && side}
          {!wide && column !== undefined && (
            <PaymentBar columns={sheet.input.columns} column={column} result={result} onChoose={setChosen} />
          )}
        </div>
      </div>
    </DeskContext>
  );
}
