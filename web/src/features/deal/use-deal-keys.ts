import { t } from "@/i18n/text";
import { useShortcuts } from "@/ui/use-shortcuts";

interface Keys {
  panelOpen: boolean;
  onHistory: () => void;
  onBack: () => void;
}

/** The first thing to type is the price. */
export function focusInputs() {
  document.querySelector<HTMLElement>("[data-desk-input][data-pointer='/price']")?.focus();
}

function leaveInput() {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** The keys of the deal screen beside those of its acts. */
export function useDealKeys({ panelOpen, onHistory, onBack }: Keys) {
  const group = t("shortcuts.deal");
  useShortcuts([
    { combos: ["h"], label: t("action.history"), group, run: onHistory, action: true },
    { combos: ["e"], label: t("shortcut.inputs"), group, run: focusInputs, action: true },
    { combos: ["Escape"], label: t("shortcut.back"), group, run: panelOpen ? onBack : leaveInput },
    // Handled where the focus is; listed here.
    { combos: ["?"], label: t("action.why"), group },
    { combos: ["Enter", "ArrowDown", "ArrowUp"], label: t("shortcut.nextInput"), group },
    { combos: ["ArrowLeft", "ArrowRight"], label: t("shortcut.nextColumn"), group },
  ]);
}
