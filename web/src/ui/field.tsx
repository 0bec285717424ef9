import { useId, type ComponentProps, type ReactNode } from "react";
import { t } from "@/i18n/text";
import { cx } from "./class-names";

export const CONTROL =
  "touchable h-8 w-full min-w-0 rounded-sm border border-edge bg-raised px-2 text-13 pointer-coarse:text-18 aria-invalid:border-bad disabled:border-line disabled:bg-transparent disabled:text-muted";

interface Frame {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Says "optional" beside the label. */
  optional?: boolean;
}

interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

/** Label, control, hint and error, wired together. */
export function Field({ label, hint, error, optional = false, children }: Frame & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-muted">
        {label}
        {optional && <span className="text-12"> ({t("word.optional")})</span>}
      </label>
      {children({
        id,
        "aria-describedby": note === undefined ? undefined : `${id}-note`,
        "aria-invalid": error === undefined ? undefined : true,
      })}
      {note !== undefined && (
        <p id={`${id}-note`} className={cx("text-12", error === undefined ? "text-muted" : "text-bad")}>
          {note}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, optional = false, ...rest }: Frame & Omit<ComponentProps<"input">, "className" | "id">) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => <input type="text" autoComplete="off" enterKeyHint="done" className={CONTROL} {...rest} {...wiring} />}
    </Field>
  );
}

export function TextArea({ label, hint, error, optional = false, ...rest }: Frame & Omit<ComponentProps<"textarea">, "className" | "id">) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => <textarea rows={3} className={cx(CONTROL, "h-auto py-1.5")} {...rest} {...wiring} />}
    </Field>
  );
}

export interface Choice {
  value: string;
  label: string;
  disabled?: boolean;
}

export function SelectField({ label, hint, error, optional = false, choices, ...rest }: Frame & { choices: readonly Choice[] } & Omit<ComponentProps<"select">, "className" | "id">) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => (
        <select className={CONTROL} {...rest} {...wiring}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} disabled={choice.disabled}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckField({ label, ...rest }: { label: string } & Omit<ComponentProps<"input">, "className" | "id" | "type">) {
  return (
    <label className="touchable inline-flex min-h-7 items-center gap-2">
      <input type="checkbox" className="size-4 accent-accent pointer-coarse:size-5" {...rest} />
      {label}
    </label>
  );
}

/** A group of fields with a heading of its own. */
export function FieldGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="border-t border-line pt-3">
      <legend className="float-left mb-3 w-full text-15 font-semibold">{title}</legend>
      <div className="clear-both grid gap-3 md:grid-cols-2">{children}</div>
    </fieldset>
  );
}
