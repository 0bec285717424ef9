import { memo } from "react";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Kbd } from "@/ui/kbd";
import { Menu, MenuItem } from "@/ui/menu";
import { useShortcuts } from "@/ui/use-shortcuts";
import { forwardAct, isPossible, reasonAgainst, type OfferedAction } from "./offered-actions";
import type { ActionName } from "./use-deal-writes";

/** Keys of the deal's acts: the F key, and one that no browser claims. */
export const ACTION_KEYS: Record<ActionName, readonly string[]> = {
  pencil: ["F1", "Mod+S"],
  submit: ["F2", "Mod+Enter"],
  approve: ["F2", "Mod+Enter"],
  close: ["F2", "Mod+Enter"],
  reopen: ["F2", "Mod+Enter"],
  reject: ["F7", "Mod+Shift+Enter"],
  cancel: ["Mod+Shift+Backspace"],
};

interface Props {
  actions: readonly OfferedAction[];
  /** There is something to save: saving is then the first thing to do. */
  unsaved: boolean;
  busy: boolean;
  /** A pencil is on its way: the act that follows it may be asked for already. */
  isSaving: () => boolean;
  onGoOn: () => void;
  onAct: (action: ActionName) => void;
}

/** Saves the pencil and moves the deal on. What cannot be done says why. */
export const ActionBar = memo(function ActionBar({ actions, unsaved, busy, isSaving, onGoOn, onAct }: Props) {
  const pencil = actions.find(({ action }) => action === "pencil");
  const next = forwardAct(actions);
  const rest = actions.filter((action) => action !== pencil && action !== next);
  useShortcuts([
    { combos: ACTION_KEYS.submit, label: "", group: "", unlisted: true, when: isSaving, run: onGoOn },
    ...actions.filter(isPossible).map(({ action }) => ({
      combos: ACTION_KEYS[action],
      label: t(`action.${action}`),
      group: t("shortcuts.deal"),
      run: () => {
        if (!busy) onAct(action);
      },
      action: true,
    })),
  ]);
  return (
    <div className="flex items-center gap-2 max-md:[&>button:not([aria-haspopup])]:grow">
      {pencil !== undefined && (
        <Button
          look={unsaved && isPossible(pencil) ? "primary" : "plain"}
          combo={ACTION_KEYS.pencil[0]}
          disabled={busy || !isPossible(pencil)}
          title={reasonAgainst(pencil)}
          onClick={() => onAct("pencil")}
        >
          {t("action.pencil")}
        </Button>
      )}
      {next !== undefined && (
        <Button
          look={unsaved ? "plain" : "primary"}
          combo={ACTION_KEYS[next.action][0]}
          disabled={busy || !isPossible(next)}
          title={reasonAgainst(next)}
          onClick={() => onAct(next.action)}
        >
          {t(`action.${next.action}`)}
        </Button>
      )}
      {rest.length > 0 && (
        <Menu label={t("action.more")} trigger={<Icon name="more" />}>
          {rest.map((action) => (
            <MenuItem
              key={action.action}
              disabled={busy || !isPossible(action)}
              onSelect={() => onAct(action.action)}
              hint={isPossible(action) ? <Kbd combo={ACTION_KEYS[action.action][0] ?? ""} /> : undefined}
            >
              {t(`action.${action.action}`)}
              {!isPossible(action) && <span className="block text-12">{reasonAgainst(action)}</span>}
            </MenuItem>
          ))}
        </Menu>
      )}
    </div>
  );
});
