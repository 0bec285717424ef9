// What an entry of the trail changed, field by field.
import { t } from "@/i18n/text";

export interface Difference {
  key: string;
  name: string;
  before: string;
  after: string;
  /** The values are encrypted and cannot be compared here. */
  hidden: boolean;
}

const NOTHING = "—";

/** The fields in which the two states differ, in their order; with one state alone, all of its fields. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [old, now] = [leaves(before), leaves(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((key) => {
    const was = old.get(key);
    const is = now.get(key);
    const hidden = was === SEALED || is === SEALED;
    if (was === is && !hidden) return [];
    return [{ key, name: readable(key), before: shown(was), after: shown(is), hidden }];
  });
}

/** Stands for a value that only the customer's key opens. */
const SEALED: unique symbol = Symbol("sealed");

type Leaf = string | typeof SEALED;

function leaves(state: unknown, path = "", found = new Map<string, Leaf>()): Map<string, Leaf> {
  if (state === null || state === undefined) return found;
  if (isSealed(state)) {
    for (const field of state.fields) found.set(join(path, field), SEALED);
  } else if (Array.isArray(state)) {
    state.forEach((item, place) => leaves(item, join(path, String(place + 1)), found));
  } else if (typeof state === "object") {
    for (const [name, value] of Object.entries(state)) leaves(value, join(path, name), found);
  } else {
    found.set(path, typeof state === "string" ? state : JSON.stringify(state));
  }
  return found;
}

function isSealed(state: unknown): state is { fields: string[]; sealed: string } {
  return (
    typeof state === "object" && state !== null && "sealed" in state && typeof state.sealed === "string" && "fields" in state && Array.isArray(state.fields)
  );
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function shown(value: Leaf | undefined): string {
  if (value === undefined || value === "") return NOTHING;
  return value === SEALED ? t("audit.sealedValue") : value;
}

/** `docFee` → `Doc fee`, `fees.1.amount` → `Fees 1 amount`. */
function readable(path: string): string {
  const words = path.replaceAll(/[._-]/g, " ").replaceAll(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
