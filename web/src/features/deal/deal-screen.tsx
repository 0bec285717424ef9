import { useEffect, useMemo, useState } from "react";
import type { Deal } from "@/api/types";
import { formatMoney } from "@/i18n/money";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Button } from "@/ui/button";
import { useIsVeryWide, useIsWide } from "@/ui/use-media";
import { useShortcuts } from "@/ui/use-shortcuts";
import { ActionBar, type OfferedAction } from "./action-bar";
import { columnName, headline, isReady } from "./columns";
import { ColumnsTable } from "./columns-table";
import { FailedBanner, Notices, SavedBanner, StaleBanner } from "./deal-banners";
import { DealHeader } from "./deal-header";
import { DeskContext, type Desk } from "./desk-context";
import { onDeskKey } from "./desk-keys";
import { InputsPanel } from "./inputs-panel";
import { PaymentBar } from "./payment-bar";
import { ReasonPanel } from "./reason-panel";
import { SidePanel } from "./side-panel";
import { useDealWrites, type ActionName } from "./use-deal-writes";
import { usePanel } from "./use-panel";
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
  const [confirmed, setConfirmed] = useState(0);

  const changed = isChanged(sheet);
  const behind = deal.version !== sheet.basis.version && !writes.busy;
  const column = sheet.input.columns.find(({ id }) => id === chosen) ?? sheet.input.columns[0];
  const result = computed.result?.columns.find(({ id }) => id === column?.id);
  const actions = offered(deal, { changed, mistaken: hasFaults(sheet) || computed.errors.length > 0, ready: sheet.input.columns.some(isReady) });
  const editable = deal.actions.some(({ action, allowed }) => action === "pencil" && allowed);

  useEffect(() => {
    // Nothing of one's own is at stake: what others saved is simply shown.
    if (behind && !changed) dispatch({ type: "adopted", basis: basisOf(deal) });
  }, [behind, changed, deal, dispatch]);

  const spoken = result === undefined || column === undefined ? "" : t("engine.live", { column: columnName(column), amount: formatMoney(headline(result).amount) });
  useEffect(() => {
    if (spoken !== "") announce(spoken, 900);
  }, [spoken]);

  const perform = (action: ActionName, reason: string | undefined) => {
    setReasonFor(undefined);
    if (action !== "pencil") return writes.act(action, sheet.basis.version, reason);
    return writes.savePencil({ basis: sheet.basis, input: sheet.input, shown: computed.stale ? undefined : computed.result, reason });
  };
  const begin = (action: ActionName) => {
    const needsReason = deal.actions.some((offer) => offer.action === action && offer.reasonRequired);
    const priceMoved = action !== "pencil" || sheet.input.price !== sheet.basis.input.price;
    if (needsReason && priceMoved) setReasonFor(action);
    else perform(action, undefined);
  };

  useShortcuts([
    { combos: ["h"], label: t("action.history"), group: t("shortcuts.deal"), run: panel.toggleHistory, action: true },
    ...(panel.panel === undefined ? [] : [{ combos: ["Escape"], label: t("shortcut.back"), group: t("shortcuts.deal"), run: panel.back }]),
    { combos: ["?"], label: t("action.why"), group: t("shortcuts.deal") },
    { combos: ["Enter", "ArrowDown", "ArrowUp"], label: t("shortcut.next"), group: t("shortcuts.deal") },
  ]);

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
          actions={<ActionBar actions={actions} unsaved={changed || deal.current == null} busy={writes.busy} onAct={begin} />}
        />
        {reasonFor !== undefined && (
          <div className="pt-3">
            <ReasonPanel
              key={`${reasonFor} ${confirmed}`}
              action={reasonFor}
              question={reasonFor === "pencil" ? t("save.price.reason") : undefined}
              busy={writes.busy}
              onConfirm={(reason) => {
                setConfirmed(confirmed + 1);
                perform(reasonFor, reason);
              }}
              onCancel={() => setReasonFor(undefined)}
            />
          </div>
        )}
        <div className="flex flex-col gap-2 empty:hidden [&>*]:mx-4 [&>*]:mt-3">
          {behind && changed && (
            <StaleBanner
              deal={deal}
              onKeep={() => {
                writes.clear();
                dispatch({ type: "rebased", basis: basisOf(deal) });
              }}
              onTake={() => {
                writes.clear();
                dispatch({ type: "adopted", basis: basisOf(deal) });
              }}
            />
          )}
          {writes.saved !== undefined && <SavedBanner saved={writes.saved} onClose={writes.clear} />}
          {writes.error !== undefined && !(behind && writes.error.isStale) && <FailedBanner error={writes.error} onClose={writes.clear} />}
        </div>
        <div className="flex min-h-0 grow">
          <div className="flex min-h-0 min-w-0 grow max-md:flex-col">
            <div className="overflow-y-auto border-line md:w-72 md:shrink-0 md:border-r">
              <InputsPanel />
            </div>
            <div className="min-w-0 grow overflow-y-auto">
              <ColumnsTable only={wide ? undefined : column?.id} />
              <Notices />
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

interface Situation {
  changed: boolean;
  mistaken: boolean;
  ready: boolean;
}

/** The server's list of acts, with what stands against each on this screen. */
function offered(deal: Deal, { changed, mistaken, ready }: Situation): OfferedAction[] {
  return deal.actions.map((action) => {
    if (action.action === "pencil") {
      return { ...action, blocked: mistaken ? t("action.fixFirst") : ready ? undefined : t("action.needsColumn") };
    }
    const needsSaving = action.action === "submit" || action.action === "approve" || action.action === "close";
    return { ...action, blocked: needsSaving && changed ? t("action.saveFirst") : undefined };
  });
}
