// Which charges of a lease are in its capitalised cost and which are paid at signing, one by one.
import type { Column, ColumnResult, DealInput } from "@/api/types";
import { isNegative } from "@/i18n/money";

type Lease = Extract<Column, { kind: "lease" }>;
type Capitalize = NonNullable<Lease["capitalize"]>;
/** The lists of charges named one by one. */
type Each = "eachFee" | "eachProduct" | "eachTax";

/** A charge that may go either way. */
export interface Charge {
  key: string;
  name: string;
  amount: string;
  capitalized: boolean;
  put: (capitalized: boolean) => (input: DealInput) => DealInput;
}

/** What a lease does that does not say, as the engine has it. */
const ORDINARY = { acquisitionFee: true, docFee: true, governmentFees: false, products: true, upfrontTax: false } as const;

/** The charges behind a figure of a lease: its fees, its products, the taxes due at its start. */
export function chargesOf(result: ColumnResult, input: DealInput, path: string): Charge[] {
  const lease = input.columns.find((column) => column.id === result.id);
  if (lease?.kind !== "lease" || result.kind !== "lease") return [];
  const chosen = { ...ORDINARY, ...lease.capitalize };
  switch (path.replace(/^(signing|capitalized)\./, "")) {
    case "fees":
      return result.fees.flatMap(({ code, name, amount, capitalized }) =>
        capitalized == null ? [] : [{ key: code, name, amount, capitalized, put: putEach(lease.id, "eachFee", code) }],
      );
    case "products": {
      const products = new Map((input.products ?? []).map(({ name, price }) => [name, price]));
      return [...products].map(([name, amount]) => ({
        key: name,
        name,
        amount,
        capitalized: chosen.eachProduct?.[name] ?? chosen.products,
        put: putEach(lease.id, "eachProduct", name),
      }));
    }
    case "docFee":
    case "acquisitionFee": {
      const key = path.endsWith("docFee") ? "docFee" : "acquisitionFee";
      return [{ key, name: "", amount: "", capitalized: chosen[key], put: (capitalized) => choose(lease.id, { [key]: capitalized }) }];
    }
    case "tax.atSigning":
    case "tax.capitalized":
    case "tax.total":
    case "upfrontTax":
      return result.tax.lines
        .filter(({ due, amount }) => (due === "signing" || due === "lessor") && !isNegative(amount))
        .map(({ id, name, amount, capitalized = false }) => ({ key: id, name, amount, capitalized, put: putEach(lease.id, "eachTax", id) }));
    default:
      return [];
  }
}

function putEach(columnId: string, list: Each, key: string) {
  return (capitalized: boolean) => (input: DealInput) =>
    changeLeases(input, (lease) =>
      lease.id === columnId ? { ...lease, capitalize: { ...full(lease), [list]: { ...lease.capitalize?.[list], [key]: capitalized } } } : lease,
    );
}

function choose(columnId: string, part: Partial<Capitalize>) {
  return (input: DealInput) =>
    changeLeases(input, (lease) => (lease.id === columnId ? { ...lease, capitalize: { ...full(lease), ...part } } : lease));
}

function full(lease: Lease): Capitalize {
  return { ...ORDINARY, ...lease.capitalize } as Capitalize;
}

function changeLeases(input: DealInput, change: (lease: Lease) => Lease): DealInput {
  return { ...input, columns: input.columns.map((column) => (column.kind === "lease" ? change(column) : column)) };
}

/** What one state's law leaves open, and its fees and taxes, mean nothing in another. */
export function forAnotherState(input: DealInput): DealInput {
  return changeLeases({ ...input, elections: {} }, (lease) => without(without(lease, "eachFee"), "eachTax"));
}

function without(lease: Lease, list: Each): Lease {
  if (lease.capitalize?.[list] === undefined) return lease;
  const { [list]: _, ...rest } = lease.capitalize;
  return { ...lease, capitalize: rest as Capitalize };
}

/**
 * The input after a change of its fees or products: what names one of them follows its new name, and goes with it when it is
 * taken out. The engine refuses a choice for what the deal does not have.
 */
export function followed(before: DealInput, after: DealInput): DealInput {
  const fees = moves((before.fees ?? []).map(({ code }) => code), (after.fees ?? []).map(({ code }) => code));
  const products = moves((before.products ?? []).map(({ name }) => name), (after.products ?? []).map(({ name }) => name));
  if (fees.size === 0 && products.size === 0) return after;
  return changeLeases(after, (lease) => follow(follow(lease, "eachFee", fees), "eachProduct", products));
}

/** Names that are gone, each with the one in its place, if there is one. */
function moves(before: readonly string[], after: readonly string[]): Map<string, string | undefined> {
  const renamed = before.length === after.length;
  const gone = before.flatMap((name, place): [string, string | undefined][] =>
    after.includes(name) ? [] : [[name, renamed ? after[place] : undefined]],
  );
  return new Map(gone);
}

function follow(lease: Lease, list: Each, gone: ReadonlyMap<string, string | undefined>): Lease {
  const each = lease.capitalize?.[list];
  if (each === undefined || !Object.keys(each).some((name) => gone.has(name))) return lease;
  const kept = Object.entries(each).flatMap(([name, capitalized]): [string, boolean][] => {
    const now = gone.has(name) ? gone.get(name) : name;
    return now === undefined ? [] : [[now, capitalized]];
  });
  return { ...lease, capitalize: { ...full(lease), [list]: Object.fromEntries(kept) } };
}
