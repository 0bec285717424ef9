import { expect, test } from "vitest";
import type { DealInput } from "@/api/types";
import { newPencil } from "./new-pencil";

const input: DealInput = {
  dealDate: "2025-11-21",
  vehicle: { condition: "new" },
  dealerPlace: { state: "TX" },
  buyerPlace: { state: "TX" },
  price: "41250.00",
  costs: { vehicle: "39000.00" },
  columns: [{ kind: "cash", id: "cash" }],
};

test("a pencil carries its note, and never the store's costs", () => {
  const sent = newPencil("p2", { basis: { pencilId: "p1" }, input, reason: "Matched a written offer", note: "  Wife decides tomorrow " });
  expect(sent).toMatchObject({ id: "p2", parentId: "p1", reason: "Matched a written offer", note: "Wife decides tomorrow" });
  expect(sent.input).not.toHaveProperty("costs");
});

test("what is empty is left out", () => {
  const sent = newPencil("p1", { basis: { pencilId: undefined }, input, reason: undefined, note: "   " });
  expect(Object.keys(sent)).toEqual(["id", "input"]);
});
