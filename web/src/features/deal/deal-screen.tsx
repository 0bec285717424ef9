import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import type { Deal, Pencil } from "@/api/types";
import { may, useSession } from "@/api/session";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Button } from "@/ui/button";
import { useIsVeryWide, useIsWide } from "@/ui/use-media";
import { ActionBar } from "./acts/action-bar";
import { isReady } from "./worksheet/columns";
import { ColumnsTable } from "./figures/columns-table";
import { Notices } from "./figures/notices";
import type { Pickers } from "./panels/copy-panel";
import { DealHeader } from "./deal-header";
import { DeskContext, type Desk } from "./worksheet/desk-context";
import { useDraft } from "./worksheet/draft";
import { onDeskKey } from "./worksheet/desk-keys";
import { GRID, preparePanels } from "./panels/parts";
import { InputsPanel } from "./worksheet/inputs-panel";
import { Interruptions } from "./acts/interruptions";
import { forwardAct, offeredActions } from "./acts/offered-actions";
import { PaymentBar } from "./figures/payment-bar";
import { PresenceNote } from "./presence/presence-note";
import { SidePanel } from "./panels/side-panel";
import { focusInputs, TOOL_KEYS, useDealKeys } from "./acts/use-deal-keys";
import { Tool, ToolBar } from "./acts/tool-bar";
import { useDealWrites, type ActionName } from "./acts/use-deal-writes";
import { usePanel } from "./panels/use-panel";
import { usePresence } from "./presence/use-presence";
import { useSpokenPayment } from "./figures/use-spoken-payment";
import { useWorksheet } from "./worksheet/use-worksheet";
import { basisOf, hasFaults, isChanged, isStill } from "./worksheet/worksheet";

/** One deal, from the price to the payment, on one screen. */
export function DealScreen({ deal, pickers }: { deal: Deal; pickers: Pickers }) {
  const { sheet, dispatch, computed } = useWorksheet(deal);
  const writes = useDealWrites(deal.id, dispatch);
  const panel = usePanel();
  const wide = useIsWide();
  const veryWide = useIsVeryWide();
  const [chosen, setChosen] = useState<string>();
  const [reasonFor, setReasonFor] = useState<ActionName>();
  const [note, setNote] = useState("");
  const [gridOpen, setGridOpen] = useState(false);
  const [rolled, setRolled] = useState("");
  const session = useSession();
  const navigate = useNavigate();

  const column = sheet.input.columns.find(({ id }) => id === chosen) ?? sheet.input.columns[0];
  const result = computed.result?.columns.find(({ id }) => id === column?.id);
  const editable = deal.actions.some(({ action, allowed }) => action === "pencil" && allowed);
  const changed = isChanged(sheet);
  const typedLast = useRef(sheet);
  useLayoutEffect(() => {
    typedLast.current = sheet;
  });
  useDraft(deal.id, sheet, changed);
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
  const others = usePresence(deal.id, changed);
  // Their scripts come behind everything that the figures need.
  const toolsHere = computed.tools !== undefined;
  useEffect(() => {
    if (toolsHere) preparePanels();
  }, [toolsHere]);
  const roll = () => {
    // The column under the cursor, or the one in view: with all of them, the first that is paid monthly.
    const under = document.activeElement?.closest<HTMLElement>("[data-column], [data-key-column]");
    const focused = under?.dataset["column"] ?? under?.dataset["keyColumn"];
    const inView = wide ? sheet.input.columns.find(({ kind }) => kind !== "cash") : column;
    const of = sheet.input.columns.find(({ id }) => id === focused) ?? inView ?? column;
    setRolled(of?.id ?? "");
    // What it would be shall be in sight.
    setGridOpen(false);
    panel.open("roll");
  };
  const load = (pencil: Pencil) => {
    const input = { ...pencil.input, columns: pencil.input.columns ?? [] };
    dispatch({ type: "changed", change: () => input });
    setNote((typed) => (typed === "" ? t("pencils.loadedNote", { number: pencil.number }) : typed));
    announce(t("pencils.loaded", { number: pencil.number }));
  };
  const showProposal = () => void navigate({ to: "/deals/$dealId/proposal", params: { dealId: deal.id } });
  const toggleGrid = () => setGridOpen((open) => !open);
  const mayCopy = may(session, "deal.create");
  useDealKeys({
    panelOpen: panel.panel !== undefined || gridOpen,
    onBack: () => (panel.panel === undefined ? setGridOpen(false) : panel.back()),
    onHistory: () => panel.toggle("history"),
    onGrid: toggleGrid,
    onProposal: showProposal,
    onCopy: mayCopy ? () => panel.toggle("copy") : undefined,
    edits: editable
      ? {
          onRoll: roll,
          onUndo: sheet.past.length > 0 ? () => dispatch({ type: "undone" }) : undefined,
          onRedo: sheet.future.length > 0 ? () => dispatch({ type: "redone" }) : undefined,
        }
      : undefined,
  });

  const mistaken = hasFaults(sheet) || computed.errors.length > 0;
  const ready = sheet.input.columns.some(isReady);
  const actions = useMemo(() => offeredActions(deal, { changed, mistaken, ready }), [deal, changed, mistaken, ready]);
  const perform = (action: ActionName, reason: string | undefined) => {
    setReasonFor(undefined);
    if (action === "pencil") {
      const { basis, input } = sheet;
      writes.savePencil({ basis, input, shown: computed.stale ? undefined : computed.result, reason, note }, (saved, goOn) => {
        // What was typed while it was being saved belongs to the next one.
        setNote((typed) => (typed === note ? "" : typed));
        const untouched = isStill(typedLast.current, input) || !isChanged(typedLast.current);
        const next = goOn && untouched ? forwardAct(saved.actions) : undefined;
        if (next?.reasonRequired === true) setReasonFor(next.action);
        else if (next !== undefined && next.action !== "pencil") writes.act(next.action, saved.version, undefined);
      });
    } else {
      writes.act(action, sheet.basis.version, reason);
    }
  };
  const begin = (action: ActionName) => {
    const asks = actions.some((offer) => offer.action === action && offer.reasonRequired);
    if (asks) setReasonFor(action);
    else perform(action, undefined);
  };
  // The bar of acts stays as it is from key to key; what it starts acts on the newest sheet.
  const latest = useRef(begin);
  useLayoutEffect(() => {
    latest.current = begin;
  });
  const onAct = useCallback((action: ActionName) => latest.current(action), []);

  const desk: Desk = useMemo(
    () => ({ sheet, dispatch, computed, editable, fixed: deal.fixed, ask: panel.ask, asked: panel.asked, activeColumn: column?.id ?? "" }),
    [sheet, dispatch, computed, editable, deal.fixed, panel.ask, panel.asked, column?.id],
  );
  const side = panel.panel !== undefined && (
    <SidePanel panel={panel.panel} deal={deal} trail={panel.trail} onFollow={panel.follow} onBack={panel.back} onClose={panel.close} rolled={rolled} pickers={pickers} unsaved={changed} onLoad={editable ? load : undefined} />
  );
  const interruptions = (
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
  );
  const acts = <ActionBar actions={actions} unsaved={changed || deal.current == null} busy={writes.busy} isSaving={writes.isSaving} onGoOn={writes.goOnOnceSaved} onAct={onAct} />;
  return (
    <DeskContext value={desk}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the controls inside */}
      <div onKeyDown={onDeskKey} className="flex h-full flex-col max-md:h-auto">
        <DealHeader
          deal={deal}
          result={result}
          changed={changed}
          panelButtons={
            <Button look="quiet" combo="h" aria-pressed={panel.panel === "history"} onClick={() => panel.toggle("history")}>
              {t("action.history")}
            </Button>
          }
          actions={wide && acts}
        />
        <PresenceNote others={others} />
        {wide && interruptions}
        <div className="flex min-h-0 grow">
          <div className="flex min-h-0 min-w-0 grow max-md:flex-col">
            <div className="overflow-y-auto border-line md:w-64 md:shrink-0 xl:w-72 md:border-r">
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
          {!wide && interruptions}
          {!veryWide && side}
          {gridOpen && <GRID.Part onClose={() => setGridOpen(false)} />}
          <ToolBar>
            <Tool label={t("action.grid")} combo={TOOL_KEYS.grid[0]} pressed={gridOpen} onRun={toggleGrid} />
            {editable && <Tool label={t("action.roll")} combo={TOOL_KEYS.roll[0]} pressed={panel.panel === "roll"} onRun={roll} />}
            {editable && <Tool label={t("action.undo")} combo={TOOL_KEYS.undo[0]} disabled={sheet.past.length === 0} onRun={() => dispatch({ type: "undone" })} />}
            {editable && <Tool label={t("action.redo")} combo={TOOL_KEYS.redo[0]} disabled={sheet.future.length === 0} onRun={() => dispatch({ type: "redone" })} />}
            {mayCopy && <Tool label={t("action.copy")} combo={TOOL_KEYS.copy[0]} pressed={panel.panel === "copy"} onRun={() => panel.toggle("copy")} />}
            <Tool label={t("action.proposal")} combo={TOOL_KEYS.proposal[0]} onRun={showProposal} />
          </ToolBar>
          {!wide && column !== undefined && (
            <PaymentBar columns={sheet.input.columns} column={column} result={result} onChoose={setChosen} acts={acts} />
          )}
        </div>
      </div>
    </DeskContext>
  );
}
