import { useId } from "react";
import { t } from "@/i18n/text";
import { CONTROL } from "@/ui/field";
import { Kbd } from "@/ui/kbd";
import { useShortcuts } from "@/ui/use-shortcuts";
import { useDesk } from "./desk-context";
import { NOTE_LENGTH } from "../acts/new-pencil";

const KEY = "m";

/** One line that goes into the history with the next pencil. It changes no figure. */
export function PencilNote({ note, onNote }: { note: string; onNote: (note: string) => void }) {
  const id = useId();
  const { editable } = useDesk();
  useShortcuts(
    editable
      ? [{ combos: [KEY], label: t("deal.note"), group: t("shortcuts.deal"), run: () => document.getElementById(id)?.focus(), action: true }]
      : [],
  );
  if (!editable) return null;
  return (
    <div className="flex flex-col gap-1 px-4 py-2">
      <label htmlFor={id} className="flex items-center justify-between gap-2 text-muted">
        <span>
          {t("deal.note")} <span className="text-12">({t("word.optional")})</span>
        </span>
        <Kbd combo={KEY} />
      </label>
      <input
        id={id}
        data-desk-input
        type="text"
        autoComplete="off"
        enterKeyHint="done"
        maxLength={NOTE_LENGTH}
        value={note}
        onChange={(event) => onNote(event.target.value)}
        aria-keyshortcuts={KEY}
        aria-describedby={`${id}-hint`}
        className={CONTROL}
      />
      <p id={`${id}-hint`} className="text-12 text-muted">
        {t("deal.note.hint")}
      </p>
    </div>
  );
}
