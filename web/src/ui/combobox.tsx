import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { cx } from "./class-names";
import { CONTROL, Field } from "./field";
import { stepRow } from "./step-row";
import { useMedia } from "./use-media";

export interface Option {
  id: string;
  /** Heading of the group it stands in; options of one group follow each other. */
  group?: string;
  content: ReactNode;
}

interface Props {
  label: string;
  /** How the keys work: only said where there are keys. */
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
  const keyboard = useMedia("(pointer: fine)");
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
      aria-controls={options.length > 0 ? list : undefined}
      aria-autocomplete="list"
      aria-activedescendant={chosen === undefined ? undefined : `${list}-${chosen.id}`}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      enterKeyHint="go"
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
      {hideLabel ? input({ "aria-label": label }) : <Field label={label} hint={keyboard ? hint : undefined}>{input}</Field>}
      {options.length > 0 && (
        <div id={list} role="listbox" aria-label={label} className="min-h-0 overflow-auto py-1">
          {grouped(options).map(({ group, members }) => (
            <Group key={group ?? ""} name={group}>
              {members.map((option) => (
                <OptionLine key={option.id} id={`${list}-${option.id}`} option={option} selected={option === chosen} onPick={onPick} />
              ))}
            </Group>
          ))}
        </div>
      )}
      {options.length === 0 && nothing !== undefined && <p className="px-2 py-1 text-muted">{nothing}</p>}
    </div>
  );
}

function grouped(options: readonly Option[]): { group: string | undefined; members: Option[] }[] {
  const groups: { group: string | undefined; members: Option[] }[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last !== undefined && last.group === option.group) last.members.push(option);
    else groups.push({ group: option.group, members: [option] });
  }
  return groups;
}

function Group({ name, children }: { name: string | undefined; children: ReactNode }) {
  if (name === undefined) return children;
  return (
    <div role="group" aria-label={name}>
      <div aria-hidden className="px-2 pt-2 pb-0.5 text-12 font-medium text-muted">
        {name}
      </div>
      {children}
    </div>
  );
}

function OptionLine({ id, option, selected, onPick }: { id: string; option: Option; selected: boolean; onPick: (id: string) => void }) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the text field's
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      onClick={() => onPick(option.id)}
      className={cx("touchable flex min-h-8 items-center gap-3 rounded-sm px-2 hover:bg-sunken", selected && "bg-accent-soft")}
    >
      {option.content}
    </div>
  );
}
