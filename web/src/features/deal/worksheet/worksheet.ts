// What a person types on the desk. The input that is computed always holds the last good value of every field; what
// cannot be read stands beside it, by the JSON pointer of its field, until it is mended.
import { parseDecimal, parseMoney, parsePercent } from "@/i18n/money";
import type { TextKey } from "@/i18n/text";
import type { Deal, DealInput } from "@/api/types";
import { deepEqual } from "@/lib/equal";

export type FieldKind = "money" | "percent" | "factor" | "count" | "text";

/** What an emptied field means. */
export type Emptied = "zero" | "absent" | "fault" | "blank";

export interface Field {
  pointer: string;
  kind: FieldKind;
  emptied: Emptied;
  read: (input: DealInput) => string | undefined;
  write: (input: DealInput, value: string | undefined) => DealInput;
}

export interface Typed {
  text: string;
  fault?: TextKey;
}

/** The version of the deal that the typing began with. */
export interface Basis {
  version: number;
  pencilId: string | undefined;
  input: DealInput;
}

/** What undo goes back to. */
export type Moment = Pick<Worksheet, "input" | "typed">;

export interface Worksheet {
  basis: Basis;
  input: DealInput;
  typed: Readonly<Record<string, Typed>>;
  /** Where one came from, the latest last, and what undo left behind, the next first. */
  past: readonly Moment[];
  future: readonly Moment[];
  /** The field being typed into: its keystrokes are undone together. */
  typing: string | undefined;
}

/** The most steps that can be undone. */
const MOST_STEPS = 200;

export type Edit =
  | { type: "typed"; field: Field; text: string }
  | { type: "left"; pointer: string }
  | { type: "changed"; change: (input: DealInput) => DealInput }
  | { type: "removed"; list: string; index: number; change: (input: DealInput) => DealInput }
  | { type: "adopted"; basis: Basis }
  /** The pencil with the input `sent` is saved; what was typed since stays, as changes to it. */
  | { type: "saved"; basis: Basis; sent: DealInput }
  | { type: "rebased"; basis: Basis }
  /** Go on from the newest pencil with these values. */
  | { type: "merged"; basis: Basis; input: DealInput }
  | { type: "undone" }
  | { type: "redone" };

export function basisOf(deal: Deal): Basis {
  return { version: deal.version, pencilId: deal.current?.id, input: withColumns(deal.current?.input ?? deal.start) };
}

function withColumns(input: Deal["start"]): DealInput {
  return { ...input, columns: input.columns ?? [] };
}

export function beginWith(basis: Basis): Worksheet {
  return { basis, input: basis.input, typed: {}, past: [], future: [], typing: undefined };
}

export function edit(sheet: Worksheet, action: Edit): Worksheet {
  switch (action.type) {
    case "typed": {
      const typed = typeInto(sheet, action.field, action.text);
      const { pointer } = action.field;
      return sheet.typing === pointer ? { ...typed, future: [] } : { ...stepped(sheet, typed), typing: pointer };
    }
    case "left":
      return leave(sheet, action.pointer);
    case "changed": {
      const input = action.change(sheet.input);
      return input === sheet.input ? sheet : stepped(sheet, { ...sheet, input });
    }
    case "removed":
      return stepped(sheet, {
        ...sheet,
        input: action.change(sheet.input),
        typed: closeGap(sheet.typed, action.list, action.index),
      });
    case "adopted":
      return beginWith(action.basis);
    case "saved":
      return isStill(sheet, action.sent) ? { ...beginWith(action.basis), typed: underCursor(sheet) } : { ...sheet, basis: action.basis };
    case "rebased":
      return { ...sheet, basis: action.basis };
    case "merged":
      return { ...stepped(sheet, { ...sheet, input: action.input }), basis: action.basis };
    case "undone":
      return goTo(sheet, sheet.past.at(-1), sheet.past.slice(0, -1), [momentOf(sheet), ...sheet.future]);
    case "redone":
      return goTo(sheet, sheet.future[0], [...sheet.past, momentOf(sheet)], sheet.future.slice(1));
  }
}

function momentOf({ input, typed }: Worksheet): Moment {
  return { input, typed };
}

/** The sheet after a step that can be undone. */
function stepped(before: Worksheet, after: Worksheet): Worksheet {
  return { ...after, past: [...before.past, momentOf(before)].slice(-MOST_STEPS), future: [], typing: undefined };
}

function goTo(sheet: Worksheet, to: Moment | undefined, past: readonly Moment[], future: readonly Moment[]): Worksheet {
  if (to === undefined) return sheet;
  // Text that can be read gives way to the value as it is always written.
  const typed = Object.fromEntries(Object.entries(to.typed).filter(([, { fault }]) => fault !== undefined));
  return { ...sheet, input: to.input, typed, past, future, typing: undefined };
}

function typeInto(sheet: Worksheet, field: Field, text: string): Worksheet {
  const reading = readText(field, text);
  if ("fault" in reading) {
    return { ...sheet, typed: { ...sheet.typed, [field.pointer]: { text, fault: reading.fault } } };
  }
  return {
    ...sheet,
    input: field.write(sheet.input, reading.value),
    typed: { ...sheet.typed, [field.pointer]: { text } },
  };
}

/** The text of the field being typed into: it does not change under the hands of whoever selects in it or goes on. */
function underCursor({ typed, typing }: Worksheet): Worksheet["typed"] {
  const text = typing === undefined ? undefined : typed[typing];
  return typing === undefined || text === undefined ? {} : { [typing]: text };
}

/** On leaving a field its text gives way to the value as it is always written; a fault stays to be mended. */
function leave(sheet: Worksheet, pointer: string): Worksheet {
  const typed = sheet.typed[pointer];
  if (typed === undefined || typed.fault !== undefined) return sheet;
  const { [pointer]: _, ...rest } = sheet.typed;
  return { ...sheet, typed: rest, typing: undefined };
}

type Reading = { value: string | undefined } | { fault: TextKey };

const EMPTIED: Record<Emptied, Reading> = {
  zero: { value: "0.00" },
  absent: { value: undefined },
  blank: { value: "" },
  fault: { fault: "invalid.required" },
};

const READERS: Record<FieldKind, { read: (text: string) => string | undefined; fault: TextKey }> = {
  money: { read: parseMoney, fault: "invalid.money" },
  percent: { read: parsePercent, fault: "invalid.percent" },
  factor: { read: parseDecimal, fault: "invalid.factor" },
  count: { read: readCount, fault: "invalid.count" },
  text: { read: (text) => text, fault: "invalid.required" },
};

export function readText(field: Pick<Field, "kind" | "emptied">, text: string): Reading {
  if (text.trim() === "") return EMPTIED[field.emptied];
  const { read, fault } = READERS[field.kind];
  const value = read(text);
  return value === undefined ? { fault } : { value };
}

function readCount(text: string): string | undefined {
  const digits = text.trim().replaceAll(",", "");
  return /^\d{1,7}$/.test(digits) ? digits : undefined;
}

/** After a line was taken out of a list, what was typed below it moves up. */
export function closeGap(typed: Worksheet["typed"], list: string, index: number): Worksheet["typed"] {
  const kept: Record<string, Typed> = {};
  for (const [pointer, value] of Object.entries(typed)) {
    const match = pointer.startsWith(`${list}/`) ? /^(\d+)(\/.*)?$/.exec(pointer.slice(list.length + 1)) : null;
    const position = match === null ? -1 : Number(match[1]);
    if (position === index) continue;
    kept[position > index ? `${list}/${position - 1}${match?.[2] ?? ""}` : pointer] = value;
  }
  return kept;
}

export function hasFaults(sheet: Worksheet): boolean {
  return Object.values(sheet.typed).some((typed) => typed.fault !== undefined);
}

/** Nothing was typed since the sheet held this very input. */
export function isStill(sheet: Worksheet, input: DealInput): boolean {
  return sheet.input === input && !hasFaults(sheet);
}

export function isChanged(sheet: Worksheet): boolean {
  return hasFaults(sheet) || (sheet.input !== sheet.basis.input && !sameInput(sheet.input, sheet.basis.input));
}

export function sameInput(one: DealInput, other: DealInput): boolean {
  return deepEqual(one, other);
}
