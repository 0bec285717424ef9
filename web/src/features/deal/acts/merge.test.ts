import { expect, test } from "vitest";
import type { DealInput } from "@/api/types";
import { conflicts, merge, ordinarySide } from "./merge";

const base: DealInput = {
  dealDate: "2025-11-21",
  vehicle: { condition: "new" },
  dealerPlace: { state: "TN" },
  buyerPlace: { state: "TN", county: "Knox" },
  price: "41250.00",
  cashDown: "0.00",
  trades: [{ description: "2019 Civic", allowance: "9000.00", payoff: "0.00", leased: false }],
  columns: [{ kind: "finance", id: "f", rate: "0.0649", termMonths: 72 }],
};
const mine: DealInput = { ...base, cashDown: "1500.00", columns: [{ kind: "finance", id: "f", rate: "0.059", termMonths: 72 }] };
const theirs: DealInput = { ...base, price: "40500.00", columns: [{ kind: "finance", id: "f", rate: "0.0699", termMonths: 60 }] };

test("what each changed is told apart, value by value", () => {
  const told = conflicts(base, mine, theirs).map(({ name, base: was, mine: my, theirs: their, by }) => `${name}: ${was} | ${my} | ${their} (${by})`);
  expect(told).toEqual([
    "Price: 41,250.00 | 41,250.00 | 40,500.00 (theirs)",
    "Cash down: 0.00 | 1,500.00 | 0.00 (mine)",
    "Finance 72 · Rate: 6.49 % | 5.90 % | 6.99 % (both)",
    "Finance 72 · Term: 72 | 72 | 60 (theirs)",
  ]);
});

test("nothing that either changed alone is lost, and where both did the choice decides", () => {
  const found = conflicts(base, mine, theirs);
  const ordinary = merge(mine, theirs, found, ordinarySide);
  expect([ordinary.price, ordinary.cashDown]).toEqual(["40500.00", "1500.00"]);
  expect(ordinary.columns).toEqual([{ kind: "finance", id: "f", rate: "0.059", termMonths: 60 }]);
  expect(merge(mine, theirs, found, () => "theirs")).toEqual(theirs);
  expect(merge(mine, theirs, found, () => "mine")).toEqual(mine);
});

test("a list with other members is taken as a whole", () => {
  const without = { ...base, trades: [] };
  const [only, ...rest] = conflicts(base, base, without);
  expect(rest).toEqual([]);
  expect(only).toMatchObject({ pointer: "/trades", theirs: "—", by: "theirs" });
  expect(merge(base, without, conflicts(base, base, without), ordinarySide).trades).toEqual([]);
});

test("what is absent and what is empty of meaning are no difference", () => {
  expect(conflicts(base, base, { ...base, costs: { vehicle: "1.00" } })).toEqual([]);
});
