import type { ReactNode } from "react";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import type { Combo } from "@/ui/shortcut";

/** What can be done with the figures, each with its key, along the bottom. */
export function ToolBar({ children }: { children: ReactNode }) {
  return (
    <div role="group" aria-label={t("deal.tools")} className="flex items-center gap-1 overflow-x-auto border-t border-line bg-panel px-3 py-1">
      {children}
    </div>
  );
}

interface Props {
  label: string;
  combo: Combo;
  /** Whether it is open; absent for what does something at once. */
  pressed?: boolean;
  disabled?: boolean;
  onRun: () => void;
}

export function Tool({ label, combo, pressed, disabled = false, onRun }: Props) {
  return (
    <Button look="quiet" combo={combo} aria-pressed={pressed} disabled={disabled} onClick={onRun}>
      {label}
    </Button>
  );
}
