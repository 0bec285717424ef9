import { expect, test } from "vitest";
import type { DealInput } from "@/api/types";
import { inputDifferences, pathName } from "./compare";

const input: DealInput = {
  dealDate: "2025-11-21",
  vehicle: { condition: "new" },
  dealerPlace: { state: "TN" },
  buyerPlace: { state: "TN", county: "Knox" },
  price: "41250.00",
  trades: [{ description: "2019 Civic EX", allowance: "11500.00", payoff: "9240.00", leased: false }],
  costs: { vehicle: "38000.00" },
  columns: [{ kind: "finance", id: "finance", rate: "0.0649", termMonths: 72 }],
};

test("two inputs differ in the leaves that differ, in words", () => {
  const other: DealInput = {
    ...input,
    price: "40900.00",
    trades: [],
    columns: [{ kind: "finance", id: "finance", rate: "0.059", termMonths: 72 }],
  };
  expect(inputDifferences(input, other).map(({ name, before, after }) => `${name}: ${before} → ${after}`)).toEqual([
    "Price: 41,250.00 → 40,900.00",
    "Trades · 1 · Description: 2019 Civic EX → —",
    "Trades · 1 · Allowance: 11,500.00 → —",
    "Trades · 1 · Payoff: 9,240.00 → —",
    "Trades · 1 · Leased: false → —",
    "Columns · Finance 72 · Rate: 6.49 % → 5.90 %",
  ]);
});

test("what the store paid is no difference that a reader is shown", () => {
  expect(inputDifferences(input, { ...input, costs: { vehicle: "1.00" } })).toEqual([]);
});

test("a path of the server's change list is named like a pointer", () => {
  expect(pathName("trades.0.payoff")).toBe("Trades · 1 · Payoff");
});
