import { expect, test } from "vitest";
import type { Column, ColumnResult, DealInput } from "@/api/types";
import { chargesOf, followed, forAnotherState } from "./capitalized";

const lease = (capitalize?: object) =>
  ({ kind: "lease", id: "l", moneyFactor: "0.001", termMonths: 36, residual: { percent: "0.6" }, ...(capitalize && { capitalize }) }) as Column;

const input = (capitalize?: object): DealInput => ({
  dealDate: "2026-11-21",
  vehicle: { condition: "new" },
  dealerPlace: { state: "OR" },
  buyerPlace: { state: "OR" },
  price: "38000.00",
  products: [
    { kind: "gap", name: "GAP", price: "900.00" },
    { kind: "tireWheel", name: "Tires", price: "400.00" },
  ],
  fees: [{ code: "store-1", name: "Etching", amount: "199.00", taxable: false }],
  columns: [{ kind: "cash", id: "c" }, lease(capitalize)],
});

const result = {
  id: "l",
  kind: "lease",
  fees: [
    { code: "title", name: "Title", amount: "101.00", capitalized: false },
    { code: "store-1", name: "Etching", amount: "199.00", capitalized: true },
    { code: "use", name: "Paid to the county", amount: "50.00" },
  ],
  tax: { lines: [{ id: "privilege", name: "Privilege tax", due: "signing", amount: "190.00" }, { id: "credit", name: "Credit", due: "signing", amount: "-20.00" }, { id: "monthly", name: "Tax", due: "payment", amount: "500.00" }] },
} as unknown as ColumnResult;

const capitalizeOf = (deal: DealInput) => {
  const column = deal.columns.find(({ id }) => id === "l");
  return column?.kind === "lease" ? column.capitalize : undefined;
};

test("a lease's charges are listed one by one, what the buyer pays himself and credits are not", () => {
  expect(chargesOf(result, input(), "fees").map(({ name, capitalized }) => [name, capitalized])).toEqual([["Title", false], ["Etching", true]]);
  expect(chargesOf(result, input({ products: true, eachProduct: { Tires: false } }), "products").map(({ capitalized }) => capitalized)).toEqual([true, false]);
  expect(chargesOf(result, input(), "tax.atSigning").map(({ key }) => key)).toEqual(["privilege"]);
  expect(chargesOf(result, input(), "price")).toEqual([]);
  expect(chargesOf({ ...result, id: "c" }, input(), "fees")).toEqual([]);
});

test("a choice for one charge leaves the group's own choice and the other columns as they are", () => {
  const [title] = chargesOf(result, input(), "fees");
  const changed = title?.put(true)(input()) ?? input();
  expect(capitalizeOf(changed)).toEqual({ acquisitionFee: true, docFee: true, governmentFees: false, products: true, upfrontTax: false, eachFee: { title: true } });
  expect(changed.columns[0]).toEqual({ kind: "cash", id: "c" });
  const [doc] = chargesOf(result, input(), "docFee");
  expect(capitalizeOf(doc?.put(false)(input()) ?? input())).toMatchObject({ docFee: false });
});

test("a choice follows its product's name and goes with it", () => {
  const before = input({ eachProduct: { Tires: false }, eachFee: { "store-1": true, title: true } });
  const renamed = { ...before, products: [{ kind: "gap", name: "GAP", price: "900.00" }, { kind: "tireWheel", name: "Tires+", price: "400.00" }] } as DealInput;
  expect(capitalizeOf(followed(before, renamed))).toMatchObject({ eachProduct: { "Tires+": false } });
  const taken = { ...before, products: before.products?.slice(0, 1) ?? [], fees: [] };
  expect(capitalizeOf(followed(before, taken))).toMatchObject({ eachProduct: {}, eachFee: { title: true } });
  expect(followed(before, { ...before, price: "1.00" })).toEqual({ ...before, price: "1.00" });
});

test("fees and taxes of one state are not those of another", () => {
  const moved = forAnotherState({ ...input({ eachProduct: { Tires: false }, eachFee: { title: true }, eachTax: { privilege: true } }), elections: { a: "b" } });
  expect(capitalizeOf(moved)).toEqual({ eachProduct: { Tires: false } });
  expect(moved.elections).toEqual({});
});
