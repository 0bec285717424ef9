import { memo, useEffect, useRef } from "react";
import type { ColumnResult } from "@/api/types";
import { formatValue } from "@/i18n/quantity";
import { t, textOf } from "@/i18n/text";
import { cx } from "@/ui/class-names";
import { useDesk, type Question } from "../worksheet/desk-context";
import { markChanged } from "./changed";
import { formatSigned, isLoss, valueAt, type Row } from "./figures";

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
  if (value === undefined) return <Nothing />;
  return (
    <FigureButton
      columnId={result.id}
      path={row.path}
      text={formatSigned(value, row)}
      amount={formatValue(value, row.path)}
      name={name ?? textOf(`figure.${row.path}`)}
      columnName={columnName}
      asked={asked?.columnId === result.id && asked.path === row.path}
      stale={computed.stale}
      loss={isLoss(value, row)}
      ask={ask}
      tabStop={tabStop}
      large={large}
      suffix={suffix}
    />
  );
}

interface ButtonProps {
  columnId: string;
  path: string;
  text: string;
  amount: string;
  name: string;
  columnName: string;
  asked: boolean;
  stale: boolean;
  loss: boolean;
  ask: (question: Question) => void;
  tabStop: boolean;
  large: boolean;
  suffix: string;
}

/** At most keystrokes most figures stay what they are, and are not made anew. */
const FigureButton = memo(function FigureButton({ columnId, path, text, amount, name, columnName, asked, stale, loss, ask, tabStop, large, suffix }: ButtonProps) {
  const figure = useRef<HTMLSpanElement>(null);
  const seen = useRef(text);
  useEffect(() => {
    if (seen.current === text || figure.current === null) return;
    seen.current = text;
    markChanged(figure.current);
  }, [text]);
  const why = () => ask({ columnId, path });
  return (
    <button
      type="button"
      data-figure={path}
      data-column={columnId}
      tabIndex={tabStop ? 0 : -1}
      aria-label={t("why.of", { figure: name, amount, column: columnName })}
      aria-pressed={asked}
      onClick={why}
      onKeyDown={(event) => {
        if (event.key !== "?") return;
        event.preventDefault();
        why();
      }}
      className={cx(
        "touchable -mx-1 inline-flex items-center justify-end rounded-sm px-1 whitespace-nowrap transition-colors hover:bg-sunken",
        large ? "text-24 font-semibold" : "text-13",
        stale ? "text-muted italic" : loss && "text-bad",
        asked && "bg-accent-soft",
      )}
    >
      <span ref={figure} className="flash rounded-sm">
        {text}
        {suffix !== "" && <span className="text-13 font-normal text-muted">{suffix}</span>}
      </span>
    </button>
  );
});

function Nothing() {
  return (
    <span className="px-1 text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">{t("row.notHere")}</span>
    </span>
  );
}
