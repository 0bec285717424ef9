import { expect, test } from "vitest";
import { formatValue, plainWords } from "@/i18n/quantity";
import { formatSigned, isLoss } from "./figures";

test("a figure is written as its kind is", () => {
  expect(formatValue({ type: "money", value: "1834.31" })).toBe("1,834.31");
  expect(formatValue({ type: "rate", value: "0.0649" }, "rate")).toBe("6.49 %");
  expect(formatValue({ type: "rate", value: "0.00185" }, "moneyFactor")).toBe(".00185");
  expect(formatValue({ type: "date", value: "2025-12-21" })).toBe("Dec 21, 2025");
  expect(formatValue({ type: "count", value: 72 })).toBe("72");
  expect(formatValue({ type: "none" })).toBe("–");
});

test("a solved rate is short in the table and whole where it is explained", () => {
  expect(formatValue({ type: "rate", value: "0.06489982" }, "apr")).toBe("6.49 %");
  expect(formatValue({ type: "rate", value: "0.06489982" }, "apr", true)).toBe("6.489982 %");
});

test("what is taken away carries its minus, unless it is nothing", () => {
  const row = { path: "rebates", minus: true };
  expect(formatSigned({ type: "money", value: "500.00" }, row)).toBe("−500.00");
  expect(formatSigned({ type: "money", value: "0.00" }, row)).toBe("0.00");
  expect(formatSigned({ type: "money", value: "-20.00" }, row)).toBe("+20.00");
});

test("only a negative gross is a loss", () => {
  expect(isLoss({ type: "money", value: "-9815.20" }, { path: "gross.front" })).toBe(true);
  expect(isLoss({ type: "money", value: "0.00" }, { path: "gross.back" })).toBe(false);
  expect(isLoss({ type: "money", value: "-20.00" }, { path: "trade.equity" })).toBe(false);
});

test("the engine's names become words", () => {
  expect(plainWords("(price + taxable_fees − rebate:manufacturer) × termMonths")).toBe(
    "(price + taxable fees − rebate manufacturer) × term months",
  );
});
