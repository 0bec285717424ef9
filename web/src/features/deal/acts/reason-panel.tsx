import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { TextArea } from "@/ui/field";
import type { ActionName } from "./use-deal-writes";

interface Props {
  action: ActionName;
  /** Asked instead of the ordinary question. */
  question?: string | undefined;
  busy: boolean;
  onConfirm: (reason: string) => void;
  onCancel: () => void;
}

/** Asks for the reason of an act, in the page and not over it. */
export function ReasonPanel({ action, question, busy, onConfirm, onCancel }: Props) {
  const [reason, setReason] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const ready = reason.trim() !== "" && !busy;
  useEffect(() => {
    form.current?.querySelector("textarea")?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      onCancel();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && ready) {
      event.preventDefault();
      onConfirm(reason.trim());
    }
  };
  const name = t(`action.${action}`);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the controls inside
    <form
      ref={form}
      aria-label={t("action.reason.for", { action: name })}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onConfirm(reason.trim());
      }}
      onKeyDown={onKeyDown}
      className="flex flex-col gap-2 rounded-sm border-l-4 border-accent bg-raised p-3"
    >
      <TextArea
        label={question ?? t("action.reason.for", { action: name })}
        hint={t("action.reason.hint")}
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="flex gap-2">
        <Button look="primary" type="submit" disabled={!ready} combo="Mod+Enter">
          {t("action.confirm", { action: name })}
        </Button>
        <Button onClick={onCancel} combo="Escape">
          {t("word.back")}
        </Button>
      </div>
    </form>
  );
}
