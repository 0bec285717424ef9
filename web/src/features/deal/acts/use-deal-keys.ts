import { t } from "@/i18n/text";
import { useShortcuts } from "@/ui/use-shortcuts";

interface Keys {
  panelOpen: boolean;
  onBack: () => void;
  onHistory: () => void;
  onGrid: () => void;
  onProposal: () => void;
  /** Absent where nothing may be changed. */
  edits: { onRoll: () => void; onUndo: (() => void) | undefined; onRedo: (() => void) | undefined } | undefined;
  /** Absent where no deal may be made. */
  onCopy: (() => void) | undefined;
}

/** Keys of the tools: the F key, and one that no browser claims. */
export const TOOL_KEYS = {
  copy: ["F3", "y"],
  grid: ["F4", "g"],
  roll: ["F5", "r"],
  proposal: ["F8", "p"],
  undo: ["Mod+Z"],
  redo: ["Mod+Shift+Z"],
} as const;

/** In a text of its own, such as the note, undo is the browser's. */
function ownText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea") && !target.matches("[data-pointer]");
}

/** The first thing to type is the price. */
export function focusInputs() {
  document.querySelector<HTMLElement>("[data-desk-input][data-pointer='/price']")?.focus();
}

function leaveInput() {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

function nothing() {
  // There is nothing to go back to.
}

/** The keys of the deal screen beside those of its acts. */
export function useDealKeys({ panelOpen, onBack, onHistory, onGrid, onProposal, edits, onCopy }: Keys) {
  const group = t("shortcuts.deal");
  useShortcuts([
    { combos: ["h"], label: t("action.history"), group, run: onHistory, action: true },
    { combos: TOOL_KEYS.grid, label: t("action.grid"), group, run: onGrid, action: true },
    ...(edits === undefined ? [] : [{ combos: TOOL_KEYS.roll, label: t("action.roll"), group, run: edits.onRoll, action: true }]),
    ...(onCopy === undefined ? [] : [{ combos: TOOL_KEYS.copy, label: t("action.copy"), group, run: onCopy, action: true }]),
    { combos: TOOL_KEYS.proposal, label: t("action.proposal"), group, run: onProposal, action: true },
    ...(edits === undefined
      ? []
      : [
          { combos: TOOL_KEYS.undo, label: t("action.undo"), group, run: edits.onUndo ?? nothing, when: (target: EventTarget | null) => !ownText(target), action: edits.onUndo !== undefined },
          { combos: TOOL_KEYS.redo, label: t("action.redo"), group, run: edits.onRedo ?? nothing, when: (target: EventTarget | null) => !ownText(target), action: edits.onRedo !== undefined },
        ]),
    { combos: ["e"], label: t("shortcut.inputs"), group, run: focusInputs, action: true },
    { combos: ["Escape"], label: t("shortcut.back"), group, run: panelOpen ? onBack : leaveInput },
    // Handled where the focus is; listed here.
    { combos: ["?"], label: t("action.why"), group },
    { combos: ["Enter", "ArrowDown", "ArrowUp"], label: t("shortcut.nextInput"), group },
    { combos: ["ArrowLeft", "ArrowRight"], label: t("shortcut.nextColumn"), group },
  ]);
}
