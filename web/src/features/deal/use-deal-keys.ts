import { t } from "@/i18n/text";
import { useShortcuts } from "@/ui/use-shortcuts";

interface Keys {
  panelOpen: boolean;
  onHistory: () => void;
  onBack: () => void;
}

/** The keys of the deal screen beside those of its acts. */
export function useDealKeys({ panelOpen, onHistory, onBack }: Keys) {
  const group = t("shortcuts.deal");
  useShortcuts([
    { combos: ["h"], label: t("action.history"), group, run: onHistory, action: true },
    ...(panelOpen ? [{ combos: ["Escape"], label: t("shortcut.back"), group, run: onBack }] : []),
    // Handled where the focus is; listed here.
    { combos: ["?"], label: t("action.why"), group },
    { combos: ["Enter", "ArrowDown", "ArrowUp"], label: t("shortcut.nextInput"), group },
    { combos: ["ArrowLeft", "ArrowRight"], label: t("shortcut.nextColumn"), group },
  ]);
}
