import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { cx } from "./class-names";
import { CONTROL, Field } from "./field";
import { stepRow } from "./step-row";

export interface Option {
  id: string;
  /** Heading of the group it stands in; options of one group follow each other. */
  group?: string;
  content: ReactNode;
}

interface Props {
  label: string;
  hint?: string;
  placeholder?: string;
  query: string;
  onQuery: (query: string) => void;
  options: readonly Option[];
  onPick: (id: string) => void;
  hideLabel?: boolean;
  autoFocus?: boolean;
  /** Said when a query finds nothing. */
  nothing?: string | undefined;
}

/** A text field with a list of what it finds below: arrows choose, Enter takes. */
export function Combobox({ label, hint, placeholder, query, onQuery, options, onPick, hideLabel = false, autoFocus = false, nothing }: Props) {
  const list = useId();
  const [active, setActive] = useState(0);
  const chosen = options[Math.min(active, options.length - 1)];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = stepRow(Math.min(active, options.length - 1), event.key === "ArrowDown" ? 1 : -1, options.length);
      setActive(next);
      document.getElementById(`${list}-${options[next]?.id ?? ""}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && chosen !== undefined) {
      event.preventDefault();
      onPick(chosen.id);
    }
  };
  const input = (wiring: object) => (
    <input
      type="text"
      role="combobox"
      aria-expanded={options.length > 0}
      aria-controls={list}
      aria-autocomplete="list"
      aria-activedescendant={chosen === undefined ? undefined : `${list}-${chosen.id}`}
      autoComplete="off"
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field is what the person came for
      autoFocus={autoFocus}
      placeholder={placeholder}
      value={query}
      onChange={(event) => {
        setActive(0);
        onQuery(event.target.value);
      }}
      onKeyDown={onKeyDown}
      className={cx(CONTROL, "h-9 text-15")}
      {...wiring}
    />
  );
  return (
    <div className="flex min-h-0 flex-col gap-1">
      {hideLabel ? input({ "aria-label": label }) : <Field label={label} hint={hint}>{input}</Field>}
      <ul id={list} role="listbox" aria-label={label} className={cx("min-h-0 overflow-auto", options.length > 0 && "py-1")}>
        {options.map((option, index) => (
          <OptionLine
            key={option.id}
            id={`${list}-${option.id}`}
            option={option}
            heading={option.group !== options[index - 1]?.group ? option.group : undefined}
            selected={option === chosen}
            onPick={onPick}
          />
        ))}
      </ul>
      {options.length === 0 && nothing !== undefined && <p className="px-2 py-1 text-muted">{nothing}</p>}
    </div>
  );
}

function OptionLine({ id, option, heading, selected, onPick }: { id: string; option: Option; heading: string | undefined; selected: boolean; onPick: (id: string) => void }) {
  return (
    <>
      {heading !== undefined && (
        <li role="presentation" className="px-2 pt-2 pb-0.5 text-12 font-medium text-muted">
          {heading}
        </li>
      )}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the text field's */}
      <li
        id={id}
        role="option"
        aria-selected={selected}
        onClick={() => onPick(option.id)}
        className={cx("touchable flex min-h-8 items-center gap-3 rounded-sm px-2 hover:bg-sunken", selected && "bg-accent-soft")}
      >
        {option.content}
      </li>
    </>
  );
}
