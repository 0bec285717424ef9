import { describe, expect, test } from "vitest";
import type { DealInput } from "@/api/types";
import { addItem, CASH_DOWN, itemField, MSRP, PRICE, rateField, removeItem, termField } from "./fields";
import { beginWith, closeGap, edit, hasFaults, isChanged, sameInput, type Worksheet } from "./worksheet";

const input: DealInput = {
  dealDate: "2025-11-21",
  vehicle: { condition: "new", msrp: "42880.00" },
  dealerPlace: { state: "TN" },
  buyerPlace: { state: "TN", county: "Knox" },
  price: "41250.00",
  columns: [
    { kind: "cash", id: "cash" },
    { kind: "finance", id: "finance", rate: "0.0649", termMonths: 72 },
  ],
};
const fresh = beginWith({ version: 1, pencilId: undefined, input });
const typing = (sheet: Worksheet, field: typeof PRICE, text: string) => edit(sheet, { type: "typed", field, text });

describe("typing", () => {
  test("what can be read goes into the input, and the text stays as it was typed until the field is left", () => {
    const typed = typing(fresh, PRICE, "40,900");
    expect(typed.input.price).toBe("40900.00");
    expect(typed.typed["/price"]).toEqual({ text: "40,900" });
    expect(edit(typed, { type: "left", pointer: "/price" }).typed).toEqual({});
  });

  test("what cannot be read leaves the last good value and is told at its field", () => {
    const typed = typing(fresh, PRICE, "40,9x");
    expect(typed.input.price).toBe("41250.00");
    expect(typed.typed["/price"]).toEqual({ text: "40,9x", fault: "invalid.money" });
    expect(hasFaults(typed)).toBe(true);
    expect(edit(typed, { type: "left", pointer: "/price" })).toBe(typed);
  });

  test("an emptied field is nothing, absent or a fault, as the field is", () => {
    expect(typing(fresh, CASH_DOWN, "").input.cashDown).toBe("0.00");
    expect(typing(fresh, MSRP, " ").input.vehicle).toEqual({ condition: "new" });
    expect(hasFaults(typing(fresh, PRICE, ""))).toBe(true);
    expect(typing(fresh, rateField(1), "").input.columns[1]).toMatchObject({ rate: "" });
  });

  test("rates and terms go to their column", () => {
    const typed = typing(typing(fresh, rateField(1), "5.9"), termField(1), "60");
    expect(typed.input.columns[1]).toEqual({ kind: "finance", id: "finance", rate: "0.059", termMonths: 60 });
  });
});

test("a sheet is changed when its input differs, not when something was typed and taken back", () => {
  const back = edit(typing(typing(fresh, PRICE, "1"), PRICE, "41250"), { type: "left", pointer: "/price" });
  expect(isChanged(back)).toBe(false);
  expect(isChanged(typing(fresh, PRICE, "41251"))).toBe(true);
});

test("taking over a newer pencil drops the typing, going on with one's own keeps it", () => {
  const newer = { version: 2, pencilId: "p2", input: { ...input, price: "40000.00" } };
  const typed = typing(fresh, PRICE, "39000");
  expect(edit(typed, { type: "adopted", basis: newer })).toEqual(beginWith(newer));
  const rebased = edit(typed, { type: "rebased", basis: newer });
  expect(rebased.input.price).toBe("39000.00");
  expect(rebased.basis).toBe(newer);
});

test("when a line is taken out, what was typed below it moves up", () => {
  const trade = { description: "", allowance: "0.00", payoff: "0.00", leased: false };
  const two = edit(edit(fresh, { type: "changed", change: addItem("trades", trade) }), { type: "changed", change: addItem("trades", trade) });
  const typed = typing(two, itemField("trades", 1, "payoff", "money", "zero"), "9x");
  const removed = edit(typed, { type: "removed", list: "/trades", index: 0, change: removeItem("trades", 0) });
  expect(removed.input.trades).toHaveLength(1);
  expect(removed.typed).toEqual({ "/trades/0/payoff": { text: "9x", fault: "invalid.money" } });
});

test("a gap closes only in its own list", () => {
  const typed = { "/trades/0/payoff": { text: "a" }, "/trades/2/payoff": { text: "b" }, "/fees/2/name": { text: "c" }, "/price": { text: "d" } };
  expect(closeGap(typed, "/trades", 0)).toEqual({ "/trades/1/payoff": { text: "b" }, "/fees/2/name": { text: "c" }, "/price": { text: "d" } });
});

test("the order of keys makes no difference between inputs", () => {
  const { price, ...rest } = input;
  expect(sameInput(input, { price, ...rest })).toBe(true);
});

describe("undo", () => {
  test("goes back a field at a time, and forth again", () => {
    const one = typing(typing(fresh, PRICE, "4"), PRICE, "40000");
    const two = typing(edit(one, { type: "left", pointer: "/price" }), CASH_DOWN, "500");
    const back = edit(two, { type: "undone" });
    expect([back.input.price, back.input.cashDown]).toEqual(["40000.00", undefined]);
    const start = edit(back, { type: "undone" });
    expect(start.input).toBe(fresh.input);
    expect(edit(start, { type: "undone" })).toBe(start);
    const forth = edit(edit(start, { type: "redone" }), { type: "redone" });
    expect([forth.input.price, forth.input.cashDown]).toEqual(["40000.00", "500.00"]);
    expect(edit(forth, { type: "redone" })).toBe(forth);
  });

  test("a new edit forgets what was undone, a saved pencil all of it", () => {
    const back = edit(typing(fresh, PRICE, "40000"), { type: "undone" });
    const other = typing(back, PRICE, "39000");
    expect(edit(other, { type: "redone" })).toBe(other);
    expect(edit(other, { type: "adopted", basis: other.basis }).past).toEqual([]);
  });
});

describe("a pencil that was saved", () => {
  const sent = typing(fresh, PRICE, "40,900").input;
  const basis = { version: 2, pencilId: "one", input: sent };

  test("is what the sheet begins with when nothing was typed since", () => {
    const kept = edit({ ...fresh, input: sent }, { type: "saved", basis, sent });
    expect(kept).toEqual(beginWith(basis));
  });

  test("leaves the text under the cursor as it was typed, and writes the others as always", () => {
    const elsewhere = typing(fresh, CASH_DOWN, "500");
    const sheet = typing(elsewhere, PRICE, "40900");
    const kept = edit(sheet, { type: "saved", basis: { ...basis, input: sheet.input }, sent: sheet.input });
    expect(kept.typed).toEqual({ "/price": { text: "40900" } });
    expect(isChanged(kept)).toBe(false);
    expect(edit(kept, { type: "left", pointer: "/price" }).typed).toEqual({});
  });

  test("leaves what was typed while it was on its way, readable or not", () => {
    const further = edit(typing({ ...fresh, input: sent }, CASH_DOWN, "500"), { type: "saved", basis, sent });
    expect(further.input).toMatchObject({ price: "40900.00", cashDown: "500.00" });
    expect(further.basis).toBe(basis);
    expect(isChanged(further)).toBe(true);
    const faulty = edit(typing({ ...fresh, input: sent }, CASH_DOWN, "5x"), { type: "saved", basis, sent });
    expect(faulty.typed["/cashDown"]?.text).toBe("5x");
  });
});
