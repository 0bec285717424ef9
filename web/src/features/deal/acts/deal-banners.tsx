import { useState } from "react";
import type { ApiError } from "@/api/problem";
import type { Deal, DealInput } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { DifferenceTable } from "@/ui/difference-table";
import { Segmented } from "@/ui/segmented";
import { useShortcuts } from "@/ui/use-shortcuts";
import { useDesk } from "../worksheet/desk-context";
import { conflicts, merge, ordinarySide, type Conflict, type Side } from "./merge";
import type { Saved } from "./use-deal-writes";
import { basisOf } from "../worksheet/worksheet";

interface StaleProps {
  deal: Deal;
  onKeep: () => void;
  onTake: () => void;
  onMerge: (input: DealInput) => void;
}

/** Somebody else saved meanwhile: what each changed, and whose value it shall be. */
export function StaleBanner({ deal, onKeep, onTake, onMerge }: StaleProps) {
  const { sheet } = useDesk();
  const theirs = basisOf(deal).input;
  const found = conflicts(sheet.basis.input, sheet.input, theirs);
  const [choices, setChoices] = useState<Readonly<Record<string, Side>>>({});
  const sideOf = (conflict: Conflict) => choices[conflict.pointer] ?? ordinarySide(conflict);
  const keepChosen = () => onMerge(merge(sheet.input, theirs, found, sideOf));
  // Nothing else leads on before this is settled.
  useShortcuts([{ combos: ["Mod+Enter"], label: t("stale.keepChosen"), group: t("shortcuts.deal"), run: keepChosen, action: true }]);
  return (
    <Banner
      tone="wait"
      title={t("stale.title")}
      actions={
        <>
          <Button look="primary" combo="Mod+Enter" onClick={keepChosen}>
            {t("stale.keepChosen")}
          </Button>
          <Button onClick={onKeep}>{t("stale.keep")}</Button>
          <Button onClick={onTake}>{t("stale.take")}</Button>
        </>
      }
    >
      <p>{t(found.length === 0 ? "stale.none" : "stale.text")}</p>
      {found.length > 0 && (
        <div className="overflow-x-auto">
          <table className="mt-2">
            <caption className="sr-only">{t("stale.title")}</caption>
            <thead>
              <tr className="text-12 text-muted">
                {[t("error.stale.field"), t("stale.before"), t("error.stale.yours"), t("error.stale.current"), t("stale.choose")].map((head, place) => (
                  <th key={head} scope="col" className={`pr-6 font-medium ${place === 0 ? "text-left" : "text-right"}`}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.map((conflict) => (
                <ConflictRow
                  key={conflict.pointer}
                  conflict={conflict}
                  side={sideOf(conflict)}
                  onSide={(side) => setChoices((before) => ({ ...before, [conflict.pointer]: side }))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Banner>
  );
}

function ConflictRow({ conflict, side, onSide }: { conflict: Conflict; side: Side; onSide: (side: Side) => void }) {
  return (
    <tr>
      <th scope="row" className="pr-6 text-left font-normal">
        {conflict.name}
      </th>
      <td className="pr-6 text-right text-muted">{conflict.base}</td>
      <td className={`pr-6 text-right ${side === "mine" ? "font-medium" : "text-muted"}`}>{conflict.mine}</td>
      <td className={`pr-6 text-right ${side === "theirs" ? "font-medium" : "text-muted"}`}>{conflict.theirs}</td>
      <td className="text-right">
        <Segmented
          label={`${t("stale.choose")}: ${conflict.name}`}
          value={side}
          onChange={onSide}
          choices={[
            { value: "mine", label: t("stale.mine") },
            { value: "theirs", label: t("stale.theirs") },
          ]}
        />
      </td>
    </tr>
  );
}

/** The figures just saved are not those that were on the screen. */
export function SavedBanner({ saved, onClose }: { saved: Saved; onClose: () => void }) {
  if (saved.differences.length === 0) return null;
  return (
    <Banner tone="bad" title={t("save.differs.title")} actions={<Button onClick={onClose}>{t("word.close")}</Button>}>
      <p>{t("save.differs.text")}</p>
      <DifferenceTable
        caption={t("save.differs.title")}
        heads={[t("save.differs.figure"), t("save.differs.shown"), t("save.differs.stored")]}
        differences={saved.differences}
      />
    </Banner>
  );
}

/** A write that failed: what happened, what was kept, what to do. */
export function FailedBanner({ error, onClose }: { error: ApiError; onClose: () => void }) {
  return (
    <Banner
      tone="bad"
      title={t(error.isOffline ? "save.offline.title" : "error.title")}
      actions={<Button onClick={onClose}>{t("word.close")}</Button>}
    >
      <p>{error.isOffline ? t("save.offline.text") : error.message}</p>
      <ul>
        {error.fields.map((field) => (
          <li key={`${field.pointer} ${field.code}`}>{field.detail}</li>
        ))}
      </ul>
      {error.requestId !== undefined && <p className="text-12 text-muted">{t("error.reference", { id: error.requestId })}</p>}
    </Banner>
  );
}
