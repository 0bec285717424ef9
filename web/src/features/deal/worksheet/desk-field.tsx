import { memo, useId, type KeyboardEvent } from "react";
import { formatCount } from "@/i18n/count";
import { formatFactor, formatMoney, formatPercent } from "@/i18n/money";
import { t } from "@/i18n/text";
import { shallowEqual } from "@/lib/equal";
import { cx } from "@/ui/class-names";
import { useDesk, type Desk } from "./desk-context";
import type { Field } from "./worksheet";

interface Props {
  field: Field;
  label: string;
  /** The figure that this input becomes, so that `?` on it is answered. */
  figure?: string;
  columnId?: string;
  hideLabel?: boolean;
  /** In a column, where there is less room. */
  narrow?: boolean;
  /** What the input is called for those who do not see where it stands. */
  spokenLabel?: string;
}

/** One input of the desk: what was typed, or the value as it is always written. */
export function DeskField({ field, label, figure, columnId, hideLabel = false, narrow = false, spokenLabel }: Props) {
  const { sheet, dispatch, computed, editable, fixed, ask, activeColumn } = useDesk();
  const agreed = fixed.some((pointer) => field.pointer === pointer || field.pointer.startsWith(`${pointer}/`));
  const typed = sheet.typed[field.pointer];
  const refused = computed.errors.find((error) => error.pointer === field.pointer);
  return (
    <DeskInput
      field={field}
      label={label}
      figure={figure}
      columnId={columnId ?? activeColumn}
      hideLabel={hideLabel}
      narrow={narrow}
      spokenLabel={spokenLabel}
      value={typed?.text ?? shown(field, field.read(sheet.input))}
      fault={typed?.fault === undefined ? refused?.detail : t(typed.fault)}
      readOnly={!editable || agreed}
      dispatch={dispatch}
      ask={ask}
    />
  );
}

interface InputProps extends Required<Pick<Props, "field" | "label" | "hideLabel" | "narrow">>, Pick<Desk, "dispatch" | "ask"> {
  columnId: string;
  figure: string | undefined;
  spokenLabel: string | undefined;
  value: string;
  fault: string | undefined;
  readOnly: boolean;
}

/** Fields of one pointer, of one kind, read and write alike: only what is shown tells two renderings apart. */
function looksTheSame({ field, ...one }: InputProps, { field: otherField, ...other }: InputProps): boolean {
  const alike = field.pointer === otherField.pointer && field.kind === otherField.kind && field.emptied === otherField.emptied;
  return alike && shallowEqual(one, other);
}

const DeskInput = memo(function DeskInput({ field, label, figure, columnId, hideLabel, narrow, spokenLabel, value, fault, readOnly, dispatch, ask }: InputProps) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "?" || figure === undefined || field.kind === "text") return;
    event.preventDefault();
    ask({ columnId, path: figure });
  };
  return (
    <div className={cx("flex flex-col", !hideLabel && "gap-0.5")}>
      <div className="flex items-center gap-2">
        <label htmlFor={id} className={hideLabel ? "sr-only" : "min-w-0 grow truncate text-muted"}>
          {spokenLabel === undefined ? label : <Spoken label={label} spoken={spokenLabel} />}
        </label>
        <input
          id={id}
          data-desk-input
          data-pointer={field.pointer}
          type="text"
          inputMode={field.kind === "text" ? "text" : field.kind === "count" ? "numeric" : "decimal"}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="next"
          readOnly={readOnly}
          value={value}
          onChange={(event) => dispatch({ type: "typed", field, text: event.target.value })}
          onFocus={(event) => event.target.select()}
          onBlur={() => dispatch({ type: "left", pointer: field.pointer })}
          onKeyDown={onKeyDown}
          aria-invalid={fault !== undefined || undefined}
          aria-describedby={fault === undefined ? undefined : `${id}-fault`}
          className={cx(
            "touchable h-7 min-w-0 border-b bg-transparent px-1 text-13 pointer-coarse:text-18",
            "border-edge hover:bg-sunken focus:bg-raised read-only:border-transparent aria-invalid:border-bad aria-invalid:bg-bad-soft",
            field.kind === "text" ? "w-full grow" : "text-right",
            field.kind !== "text" && (hideLabel ? "w-full" : narrow ? "w-18 shrink-0" : "w-28 shrink-0"),
          )}
        />
      </div>
      {fault !== undefined && (
        <p id={`${id}-fault`} className="text-right text-12 text-bad">
          {fault}
        </p>
      )}
    </div>
  );
}, looksTheSame);

/** The short label for those who see the column, the whole one for those who hear it. */
function Spoken({ label, spoken }: { label: string; spoken: string }) {
  return (
    <>
      <span aria-hidden>{label}</span>
      <span className="sr-only">{spoken}</span>
    </>
  );
}

function shown(field: Field, value: string | undefined): string {
  if (value === undefined || value === "") return "";
  switch (field.kind) {
    case "money":
      return formatMoney(value);
    case "percent":
      return formatPercent(value);
    case "factor":
      return formatFactor(value);
    case "count":
      return formatCount(Number(value));
    case "text":
      return value;
  }
}
