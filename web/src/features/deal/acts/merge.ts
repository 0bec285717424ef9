// Two people changed the same deal: what each of them changed, value by value, against what both began with.
import type { DealInput } from "@/api/types";
import { leafText, pathName } from "../figures/compare";
import { columnName } from "../worksheet/columns";
import { pointerKey, valueAtPointer, withValue } from "../worksheet/pointer";

export type Side = "mine" | "theirs";

export interface Conflict {
  pointer: string;
  name: string;
  base: string;
  mine: string;
  theirs: string;
  /** Who changed it; where both did, a person must say whose value it is. */
  by: Side | "both";
}

/** Where mine and theirs differ. What the server adds by itself is nobody's. */
export function conflicts(base: DealInput, mine: DealInput, theirs: DealInput): Conflict[] {
  return differing(base, mine, theirs, "")
    .filter((pointer) => !pointer.startsWith("/costs"))
    .map((pointer) => {
      const [was, my, their] = [base, mine, theirs].map((input) => valueAtPointer(input, pointer));
      return {
        pointer,
        name: nameOf(pointer, theirs, mine),
        base: text(pointer, was),
        mine: text(pointer, my),
        theirs: text(pointer, their),
        by: same(was, their) ? "mine" : same(was, my) ? "theirs" : "both",
      };
    });
}

/** What each value would be without asking: whoever changed it, and where both did, mine. */
export function ordinarySide({ by }: Conflict): Side {
  return by === "theirs" ? "theirs" : "mine";
}

/** My input with their values where they were chosen. */
export function merge(mine: DealInput, theirs: DealInput, found: readonly Conflict[], side: (conflict: Conflict) => Side): DealInput {
  return found
    .filter((conflict) => side(conflict) === "theirs")
    .reduce((input, { pointer }) => withValue(input, pointer, valueAtPointer(theirs, pointer)), mine);
}

function differing(base: unknown, mine: unknown, theirs: unknown, pointer: string): string[] {
  if (same(mine, theirs)) return [];
  const parts = [base, mine, theirs];
  if (pointer !== "" && !isAlike(parts)) return [pointer];
  const keys = new Set(parts.flatMap((part) => Object.keys(part as object)));
  return [...keys].flatMap((key) => {
    const [was, my, their] = parts.map((part) => (part as Record<string, unknown>)[key]);
    return differing(was, my, their, `${pointer}/${pointerKey(key)}`);
  });
}

/** Whether the three can be told apart member by member: objects, and lists of the same members in the same places. */
function isAlike(parts: readonly unknown[]): boolean {
  if (parts.every(Array.isArray)) {
    const lists = parts as unknown[][];
    return lists.every((list) => list.length === lists[0]?.length && list.every((item, place) => same(marks(item), marks(lists[0]?.[place]))));
  }
  return parts.every((part) => typeof part === "object" && part !== null && !Array.isArray(part));
}

/** What makes two members of a list the same one. */
function marks(item: unknown): unknown {
  if (typeof item !== "object" || item === null) return item;
  const { id, kind, code } = item as Record<string, unknown>;
  return [id, kind, code];
}

function same(one: unknown, other: unknown): boolean {
  if (one === other || (one == null && other == null)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => same((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]));
}

function nameOf(pointer: string, theirs: DealInput, mine: DealInput): string {
  const match = /^\/columns\/(\d+)(\/.*)$/.exec(pointer);
  const column = match === null ? undefined : (mine.columns[Number(match[1])] ?? theirs.columns[Number(match[1])]);
  return column === undefined ? pathName(pointer) : `${columnName(column)} · ${pathName(match?.[2] ?? "")}`;
}

function text(pointer: string, value: unknown): string {
  if (value === undefined || value === null || value === "") return "—";
  if (Array.isArray(value)) return value.length === 0 ? "—" : value.map((item) => text("", item)).join("; ");
  if (typeof value === "object") {
    return Object.entries(value)
      .filter(([key, part]) => key !== "id" && part != null && part !== "" && part !== false && typeof part !== "object")
      .map(([key, part]) => leafText(`/${key}`, part))
      .join(" ");
  }
  return leafText(pointer, value);
}
