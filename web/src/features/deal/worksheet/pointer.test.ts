import { expect, test } from "vitest";
import type { DealInput } from "@/api/types";
import { valueAtPointer, withValue } from "./pointer";
import { axesOf, givesOf, inOrder, ownValue, pointerOf, readList } from "./variables";

const input: DealInput = {
  dealDate: "2025-11-21",
  vehicle: { condition: "new", msrp: "42880.00" },
  dealerPlace: { state: "TN" },
  buyerPlace: { state: "TN" },
  price: "41250.00",
  trades: [{ description: "2019 Civic", allowance: "9000.00", payoff: "0.00", leased: false }],
  columns: [
    { kind: "finance", id: "f", rate: "0.0649", termMonths: 72 },
    { kind: "lease", id: "l", moneyFactor: "0.00185", termMonths: 36, residual: { percent: "0.58" }, cashDown: "1500.00" },
  ],
};

test("a value is put where its pointer says and nothing else changes", () => {
  const changed = withValue(input, "/columns/0/termMonths", 60);
  expect(valueAtPointer(changed, "/columns/0/termMonths")).toBe(60);
  expect(changed.columns[1]).toBe(input.columns[1]);
  expect(withValue(input, "/cashDown", "100.00").cashDown).toBe("100.00");
  expect("msrp" in withValue(input, "/vehicle/msrp", undefined).vehicle).toBe(false);
});

test("a column's own cash down is the one that moves", () => {
  expect(pointerOf(input, 0, "cashDown")).toBe("/cashDown");
  expect(pointerOf(input, 1, "cashDown")).toBe("/columns/1/cashDown");
  expect([ownValue(input, 0, "cashDown"), ownValue(input, 1, "cashDown"), ownValue(input, 1, "residual")]).toEqual(["0.00", "1500.00", "0.58"]);
});

test("what may not be changed is not offered", () => {
  const [finance] = input.columns;
  if (finance === undefined) throw new Error("no column");
  expect(givesOf(input, finance, []).map(({ variable }) => variable)).toEqual(["cashDown", "termMonths", "rate", "price", "tradeAllowance"]);
  expect(givesOf(input, finance, ["/price", "/accessories", "/trades", "/rebates"]).map(({ variable }) => variable)).toEqual(["cashDown", "termMonths", "rate"]);
  expect(axesOf(finance, ["/price"])).not.toContain("price");
});

test("a typed list is read word by word", () => {
  expect(readList("0 1,000 2000.50, x", "money")).toEqual({ values: ["0.00", "1000.00", "2000.50"], unread: ["x"] });
  expect(readList("5.9 6.49 %", "percent")).toEqual({ values: ["0.059", "0.0649"], unread: [] });
  expect(inOrder(["72", "60", "72"])).toEqual(["60", "72"]);
});
