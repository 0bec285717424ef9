// What stands behind the question mark of each address. Anything else there is dropped, never an error.
import type { DealFilter, VehicleFilter } from "@/api/queries";
import type { AuditFilter } from "@/api/trail-queries";
import type { DealState } from "@/api/types";
import { SHOWN, SORTS, type GroupFilter } from "@/features/group/filter";
import { explorerSearch, type ExplorerValues } from "@/features/taxes/explorer-values";

type Raw = Record<string, unknown>;

const STATES: readonly DealState[] = ["draft", "submitted", "approved", "rejected", "closed", "cancelled", "reopened"];

function text(value: unknown): string | undefined {
  // The router reads `?q=4471` as a number.
  const read = typeof value === "number" ? String(value) : value;
  return typeof read === "string" && read !== "" ? read : undefined;
}

function oneOf<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}

/** `next` is an address of this product: never one that leads out of it. */
export const signIn = ({ next }: Raw): { next?: string | undefined } => {
  const address = text(next);
  return { next: address !== undefined && /^\/(?![/\\])/.test(address) ? address : undefined };
};

export const register = ({ store }: Raw): { store?: string | undefined } => ({ store: text(store) });

export const desk = ({ q, state }: Raw): DealFilter => ({ q: text(q), state: oneOf(state, STATES) });

export const newDeal = ({ customer, vehicle }: Raw): { customer?: string | undefined; vehicle?: string | undefined } => ({
  customer: text(customer),
  vehicle: text(vehicle),
});

export const customers = ({ q }: Raw): { q?: string | undefined } => ({ q: text(q) });

/** `vehicle` is the one already chosen for the deal that the new customer is made for. */
export const newCustomer = ({ name, forDeal, vehicle }: Raw): { name?: string | undefined; forDeal?: boolean | undefined; vehicle?: string | undefined } => ({
  name: text(name),
  forDeal: forDeal === true ? true : undefined,
  vehicle: text(vehicle),
});

export const inventory = ({ q, condition, status }: Raw): VehicleFilter => ({
  q: text(q),
  condition: oneOf(condition, ["new", "used"]),
  status: oneOf(status, ["inStock", "pending", "sold"]),
});

export const taxes = (raw: Raw): ExplorerValues => explorerSearch(raw);

export const taxStates = ({ q, checked }: Raw): { q?: string | undefined; checked?: "verified" | "open" | undefined } => ({
  q: text(q),
  checked: oneOf(checked, ["verified", "open"]),
});

/** The day whose rules are shown; the newest ones without it. */
export const taxState = ({ date }: Raw): { date?: string | undefined } => ({ date: text(date) });

/** Which message is shown; the server's list says which there are. */
export const messages = ({ kind }: Raw): { kind?: string | undefined } => ({ kind: text(kind) });

export const group = ({ q, show, sort, down }: Raw): GroupFilter => ({
  q: text(q),
  show: oneOf(show, SHOWN),
  sort: oneOf(sort, SORTS),
  down: down === true ? true : undefined,
});

export const groupPeople = ({ q }: Raw): { q?: string | undefined } => ({ q: text(q) });

/** `from` and `to` are civil dates in the store's zone; `from=all` goes back to the beginning. */
export const audit = (raw: Raw): AuditFilter => ({
  q: text(raw["q"]),
  person: text(raw["person"]),
  action: text(raw["action"]),
  thing: text(raw["thing"]),
  id: text(raw["id"]),
  from: text(raw["from"]),
  to: text(raw["to"]),
});
