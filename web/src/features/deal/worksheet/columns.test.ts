import { expect, test } from "vitest";
import type { DealInput } from "@/api/types";
import { addColumn, isReady, readyInput, typedPointer } from "./columns";

const input: DealInput = {
  dealDate: "2025-11-21",
  vehicle: { condition: "new" },
  dealerPlace: { state: "TN" },
  buyerPlace: { state: "TN" },
  price: "41250.00",
  columns: [{ kind: "finance", id: "finance", rate: "", termMonths: 72 }, { kind: "cash", id: "cash" }],
};

test("a column waits until its rate is typed: none is invented", () => {
  expect(readyInput(input).columns).toEqual([{ kind: "cash", id: "cash" }]);
  const lease = addColumn("lease")(input).columns[2];
  expect(lease).toMatchObject({ kind: "lease", moneyFactor: "", residual: { percent: "" } });
  expect(lease && isReady(lease)).toBe(false);
});

test("an error of the computed input is told at the column that was typed", () => {
  expect(typedPointer(input, "/columns/0/id")).toBe("/columns/1/id");
  expect(typedPointer(input, "/price")).toBe("/price");
});

test("each column has an id of its own", () => {
  const more = addColumn("finance")(addColumn("finance")(input));
  expect(more.columns.map(({ id }) => id)).toEqual(["finance", "cash", "finance-2", "finance-3"]);
});
