// JSON pointers into a deal's input.
import type { DealInput } from "@/api/types";

function keys(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A member's name as a part of a pointer (RFC 6901). */
export function pointerKey(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

export function valueAtPointer(value: unknown, pointer: string): unknown {
  return keys(pointer).reduce<unknown>((part, key) => (typeof part === "object" && part !== null ? (part as Record<string, unknown>)[key] : undefined), value);
}

/** The input with another value at a pointer; `undefined` takes the member away. */
export function withValue(input: DealInput, pointer: string, value: unknown): DealInput {
  return put(input, keys(pointer), value) as DealInput;
}

function put(part: unknown, [key, ...rest]: string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(part)) return part.map((item: unknown, index) => (String(index) === key ? put(item, rest, value) : item));
  const object = typeof part === "object" && part !== null ? (part as Record<string, unknown>) : {};
  const { [key]: old, ...others } = object;
  const next = put(old, rest, value);
  return next === undefined ? others : { ...object, [key]: next };
}
