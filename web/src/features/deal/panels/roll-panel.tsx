import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Column, ColumnResult, DealInput } from "@/api/types";
import type { Reached, Solved } from "@/engine/operations";
import { formatMoney, parseMoney } from "@/i18n/money";
import { t, textOf } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DifferenceTable } from "@/ui/difference-table";
import { TextField } from "@/ui/field";
import { columnName, headline, readyInput } from "../worksheet/columns";
import { useDesk } from "../worksheet/desk-context";
import { applyAt } from "./grid";
import type { Tools } from "../worksheet/use-worksheet";
import { givesOf, kindOf, ownValue, writeReached, writeVariable, type Choice } from "../worksheet/variables";

/** The engine finds what brings a column to a payment; what it would be is shown before it is taken. */
export function RollPanel({ columnId, onDone }: { columnId: string; onDone: () => void }) {
  const { sheet, computed, editable } = useDesk();
  const column = sheet.input.columns.find(({ id }) => id === columnId);
  const result = computed.result?.columns.find(({ id }) => id === columnId);
  if (!editable) return <p className="text-muted">{t("roll.readOnly")}</p>;
  if (column === undefined || result === undefined) return <p className="text-muted">{t("roll.noColumn")}</p>;
  return <Roll key={columnId} column={column} result={result} onDone={onDone} />;
}

/** What the engine says it takes. */
function useSolved(tools: Tools | undefined, input: DealInput, column: Column, choice: Choice | undefined, amount: string | undefined): Answer | undefined {
  const { id, kind } = column;
  const variable = choice?.variable;
  const item = variable === "tradeAllowance" || variable === "rebate" ? choice?.item : undefined;
  return useMemo(() => {
    if (tools === undefined || amount === undefined || variable === undefined) return undefined;
    const reply = tools.engine.call("solve", {
      input: readyInput(input),
      rates: tools.rates,
      column: id,
      variable,
      ...(item !== undefined && { item }),
      target: { figure: kind === "cash" ? "dueAtSigning" : "payment", amount },
    });
    return reply.ok ? { ok: true, solved: reply.answer } : { ok: false, detail: reply.errors[0]?.detail ?? reply.detail };
  }, [tools, input, id, kind, variable, item, amount]);
}

type Answer = { ok: true; solved: Solved } | { ok: false; detail: string };

function Roll({ column, result, onDone }: { column: Column; result: ColumnResult; onDone: () => void }) {
  const { sheet, computed, dispatch, fixed } = useDesk();
  const [text, setText] = useState("");
  const [gives, setGives] = useState(0);
  const [second, setSecond] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);

  const monthly = column.kind !== "cash";
  const choices = givesOf(sheet.input, column, fixed);
  const choice = choices[Math.min(gives, choices.length - 1)];
  const typed = parseMoney(text);
  const amount = useDeferredValue(typed);
  const input = useDeferredValue(sheet.input);
  const answer = useSolved(computed.tools, input, column, choice, amount);

  const options = answer?.ok === true ? reached(answer.solved) : [];
  const taken = options[second && options.length > 1 ? 1 : 0];
  const current = amount === typed && input === sheet.input;
  const take = (option: Reached | undefined) => {
    if (option === undefined || answer?.ok !== true || choice === undefined || !current) return;
    const { value } = option;
    if (!("value" in value)) return;
    dispatch({ type: "changed", change: applyAt(input, answer.solved.pointer, value.type === "count" ? Number(value.value) : String(value.value)) });
    announce(t("roll.applied", { variable: choice.label, value: writeReached(value, kindOf(column, choice.variable)) }));
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    take(taken);
  };
  const error = text.trim() !== "" && typed === undefined ? t("invalid.money") : undefined;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the controls inside
    <form ref={form} onSubmit={(event) => event.preventDefault()} onKeyDown={onKeyDown} className="flex flex-col gap-3">
      <TextField
        label={t(monthly ? "roll.target" : "roll.targetDue", { column: columnName(column) })}
        inputMode="decimal"
        placeholder={formatMoney(headline(result).amount)}
        error={error}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setSecond(false);
        }}
      />
      <fieldset>
        <legend className="text-muted">{t("roll.gives")}</legend>
        {choices.map((offered, place) => (
          <label key={`${offered.variable} ${offered.item}`} className="touchable flex min-h-7 items-center gap-2">
            <input
              type="radio"
              name="gives"
              className="size-4 accent-accent"
              checked={offered === choice}
              onChange={() => {
                setGives(place);
                setSecond(false);
              }}
            />
            {offered.label}
          </label>
        ))}
      </fieldset>
      {fixed.length > 0 && <p className="text-12 text-muted">{t("roll.fixed")}</p>}
      <div aria-live="polite" className="flex flex-col gap-3">
        {answer === undefined && <p className="text-muted">{t("roll.type")}</p>}
        {answer?.ok === false && <p className="text-bad">{answer.detail}</p>}
        {answer?.ok === true && choice !== undefined && (
          <>
            <p className="font-medium">
              {answer.solved.outcome === "exact" ? (
                <Badge tone="good">✓ {t("roll.exact")}</Badge>
              ) : (
                t(answer.solved.outcome === "nearest" ? "roll.nearest" : "roll.unreachable")
              )}
            </p>
            {answer.solved.outcome !== "exact" && !answer.solved.certain && <p className="text-wait">{t("roll.uncertain")}</p>}
            {options.length > 1 &&
              options.map((option, place) => (
                <label key={option.payment ?? option.dueAtSigning} className="touchable flex min-h-7 items-center gap-2">
                  <input type="radio" name="nearest" className="size-4 accent-accent" checked={option === taken} onChange={() => setSecond(place === 1)} />
                  {formatMoney(option.payment ?? option.dueAtSigning)} · {valueOf(option, column, choice)}
                </label>
              ))}
            {taken !== undefined && (
              <>
                <Preview column={column} result={result} option={taken} choice={choice} before={now(sheet.input, column, choice)} />
                <div className="flex gap-2">
                  <Button look="primary" combo="Enter" onClick={() => take(taken)}>
                    {t("action.apply")}
                  </Button>
                  <Button combo="Escape" onClick={onDone}>
                    {t("word.cancel")}
                  </Button>
                </div>
              </>
            )}
          </>
        )}
      </div>
    </form>
  );
}

function reached(solved: Solved): Reached[] {
  switch (solved.outcome) {
    case "exact":
      return [solved.answer];
    case "nearest":
      return [solved.below, solved.above];
    case "unreachable":
      return [solved.nearest];
  }
}

function valueOf(option: Reached, column: Column, choice: Choice): string {
  return t("roll.value", { variable: choice.label, value: writeReached(option.value, kindOf(column, choice.variable)) });
}

/** What the field that gives holds now. */
function now(input: DealInput, column: Column, { variable, item }: Choice): string {
  const value =
    variable === "tradeAllowance"
      ? input.trades?.[item]?.allowance
      : variable === "rebate"
        ? input.rebates?.[item]?.amount
        : ownValue(input, input.columns.indexOf(column), variable);
  return value === undefined || value === "" ? "–" : writeVariable(value, kindOf(column, variable));
}

function Preview({ column, result, option, choice, before }: { column: Column; result: ColumnResult; option: Reached; choice: Choice; before: string }) {
  const rows = [
    { key: "value", name: choice.label, before, after: writeReached(option.value, kindOf(column, choice.variable)) },
    ...(option.payment === undefined || result.kind === "cash"
      ? []
      : [{ key: "payment", name: textOf("figure.payment"), before: formatMoney(result.figures.payment), after: formatMoney(option.payment) }]),
    ...(result.kind === "lease"
      ? [{ key: "due", name: textOf("figure.dueAtSigning"), before: formatMoney(result.figures.dueAtSigning), after: formatMoney(option.dueAtSigning) }]
      : []),
    ...(result.gross == null || option.gross === undefined
      ? []
      : [
          { key: "front", name: textOf("figure.gross.front"), before: formatMoney(result.gross.front), after: formatMoney(option.gross.front) },
          { key: "gross", name: textOf("figure.gross.total"), before: formatMoney(result.gross.total), after: formatMoney(option.gross.total) },
        ]),
  ];
  return <DifferenceTable caption={t("action.roll")} heads={[t("roll.figure"), t("roll.before"), t("roll.after")]} differences={rows} />;
}
