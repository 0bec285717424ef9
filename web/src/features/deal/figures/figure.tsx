import { useState } from "react";
import type { ColumnResult } from "@/api/types";
import { formatValue } from "@/i18n/quantity";
import { t, textOf } from "@/i18n/text";
import { cx } from "@/ui/class-names";
import { useDesk } from "../worksheet/desk-context";
import { formatSigned, valueAt, type Row } from "./figures";

interface Props {
  result: ColumnResult;
  row: Row;
  columnName: string;
  /** What the figure is called, where its path has no text. */
  name?: string;
  /** Reached by Tab; the others of the column by the arrows. */
  tabStop?: boolean;
  large?: boolean;
  suffix?: string;
}

/** A figure that answers "why?", and shows softly, once, that it changed. */
export function Figure({ result, row, columnName, name, tabStop = false, large = false, suffix = "" }: Props) {
  const { ask, asked, computed } = useDesk();
  const value = valueAt(result, row.path);
  const text = value === undefined ? undefined : formatSigned(value, row);
  const changes = useChanges(text);
  if (value === undefined || text === undefined) return <Nothing />;
  const isAsked = asked?.columnId === result.id && asked.path === row.path;
  return (
    <button
      type="button"
      data-figure={row.path}
      data-column={result.id}
      tabIndex={tabStop ? 0 : -1}
      aria-label={t("why.of", {
        figure: name ?? textOf(`figure.${row.path}`),
        amount: formatValue(value, row.path),
        column: columnName,
      })}
      aria-pressed={isAsked}
      onClick={() => ask({ columnId: result.id, path: row.path })}
      onKeyDown={(event) => {
        if (event.key !== "?") return;
        event.preventDefault();
        ask({ columnId: result.id, path: row.path });
      }}
      className={cx(
        "touchable -mx-1 inline-flex items-center justify-end rounded-sm px-1 whitespace-nowrap transition-colors hover:bg-sunken",
        large ? "text-24 font-semibold" : "text-13",
        computed.stale && "text-muted italic",
        isAsked && "bg-accent-soft",
      )}
    >
      <span key={changes} className={cx("rounded-sm", changes > 0 && "flash")}>
        {text}
        {suffix !== "" && <span className="text-13 font-normal text-muted">{suffix}</span>}
      </span>
    </button>
  );
}

function Nothing() {
  return (
    <span className="px-1 text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">{t("row.notHere")}</span>
    </span>
  );
}

/** How often the text has changed since it was first shown. */
function useChanges(text: string | undefined): number {
  const [seen, setSeen] = useState({ text, changes: 0 });
  if (seen.text !== text) setSeen({ text, changes: seen.changes + 1 });
  return seen.text === text ? seen.changes : seen.changes + 1;
}
