import type { ReactNode } from "react";
import { t } from "@/i18n/text";
import { Banner } from "./banner";
import { BottomBar } from "./bottom-bar";
import { Button } from "./button";
import { DifferenceTable } from "./difference-table";
import { useShortcuts } from "./use-shortcuts";

/** What a form looks like as lines, so that two versions of it can be compared. */
export type Description = Record<string, string>;

interface Props {
  label: string;
  children: ReactNode;
  submitLabel: string;
  onSubmit: () => void;
  busy: boolean;
  saved: boolean;
  readOnly?: boolean | undefined;
  /** What went wrong beside the fields' own faults. */
  problem?: { message: string; reference: string | undefined } | undefined;
  /** Two versions of the form, and the choice between them. */
  stale?: { mine: Description; theirs: Description; keepMine: () => void; takeTheirs: () => void } | undefined;
}

/** A form with its outcome: saved, refused, or overtaken by somebody else. */
export function FormFrame({ label, children, submitLabel, onSubmit, busy, saved, readOnly = false, problem, stale }: Props) {
  useShortcuts(
    readOnly ? [] : [{ combos: ["Mod+S"], label: submitLabel, group: t("shortcuts.form"), run: onSubmit, action: true }],
  );
  return (
    <form
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      className="flex flex-col gap-4 max-md:grow"
    >
      {stale !== undefined && (
        <Banner
          tone="wait"
          title={t("error.stale")}
          actions={
            <>
              <Button onClick={stale.keepMine}>{t("error.stale.mine")}</Button>
              <Button onClick={stale.takeTheirs}>{t("error.stale.theirs")}</Button>
            </>
          }
        >
          <p>{t("error.stale.hint")}</p>
          <DifferenceTable
            caption={t("error.stale")}
            heads={[t("error.stale.field"), t("error.stale.yours"), t("error.stale.current")]}
            differences={differences(stale.mine, stale.theirs)}
          />
        </Banner>
      )}
      {problem !== undefined && (
        <Banner tone="bad" title={t("error.title")}>
          <p>{problem.message}</p>
          {problem.reference !== undefined && (
            <p className="text-12 text-muted">{t("error.reference", { id: problem.reference })}</p>
          )}
        </Banner>
      )}
      <fieldset disabled={readOnly} className="contents">
        {children}
      </fieldset>
      {!readOnly && (
        <BottomBar>
          <Button type="submit" look="primary" combo="Mod+S" disabled={busy || stale !== undefined}>
            {submitLabel}
          </Button>
          <span role="status" className="text-good empty:-ml-3">
            {saved && `✓ ${t("word.saved")}`}
          </span>
        </BottomBar>
      )}
    </form>
  );
}

/** Where two versions differ, line by line. */
export function differences(mine: Description, theirs: Description) {
  return Object.keys({ ...mine, ...theirs }).flatMap((name) =>
    mine[name] === theirs[name]
      ? []
      : [{ key: name, name, before: mine[name] || "—", after: theirs[name] || "—" }],
  );
}
