import { describe, expect, test } from "vitest";
import {
  formatFactor,
  formatMoney,
  formatPercent,
  isNegative,
  isZero,
  parseDecimal,
  parseMoney,
  parsePercent,
  roundDecimal,
} from "./money";

describe("parseMoney", () => {
  test.each([
    ["41250", "41250.00"],
    ["41,250.00", "41250.00"],
    [" $41,250.5 ", "41250.50"],
    ["0041250", "41250.00"],
    [".5", "0.50"],
    ["12.", "12.00"],
    ["0", "0.00"],
    ["-500", "-500.00"],
    ["−500.25", "-500.25"],
    ["-0", "0.00"],
    ["1,000,000", "1000000.00"],
    ["9007199254740993.01", "9007199254740993.01"],
  ])("reads %j as %s", (typed, amount) => {
    expect(parseMoney(typed)).toBe(amount);
  });

  test.each(["", ".", "-", "12.345", "4,12", "1,2345", "41 250", "1e3", "abc", "12..5"])("refuses %j", (typed) => {
    expect(parseMoney(typed)).toBeUndefined();
  });
});

test.each([
  ["0.00", "0.00"],
  ["999.99", "999.99"],
  ["1828.13", "1,828.13"],
  ["1000000.00", "1,000,000.00"],
  ["-2546.88", "−2,546.88"],
  ["9007199254740993.01", "9,007,199,254,740,993.01"],
])("formatMoney(%s) is %s", (amount, shown) => {
  expect(formatMoney(amount)).toBe(shown);
});

test("what is shown can be typed again", () => {
  for (const amount of ["0.00", "-0.01", "12.30", "1234567.89", "-41250.00"]) {
    expect(parseMoney(formatMoney(amount))).toBe(amount);
  }
});

test.each([
  ["6.49", "0.0649"],
  ["6.49 %", "0.0649"],
  ["0", "0"],
  ["100", "1"],
  ["400", "4"],
  ["58", "0.58"],
  ["0.5", "0.005"],
  [".05", "0.0005"],
  ["7.125", "0.07125"],
])("parsePercent(%s) is %s", (typed, rate) => {
  expect(parsePercent(typed)).toBe(rate);
});

test.each([
  ["0.0649", "6.49"],
  ["0.07125", "7.125"],
  ["0.0625", "6.25"],
  ["1", "100.00"],
  ["0", "0.00"],
  ["0.58", "58.00"],
  ["-0.01", "−1.00"],
])("formatPercent(%s) is %s", (rate, shown) => {
  expect(formatPercent(rate)).toBe(shown);
});

test.each([
  ["0.06489982", 5, "0.0649"],
  ["0.064845", 5, "0.06485"],
  ["0.999999", 4, "1"],
  ["0.0649", 5, "0.0649"],
  ["-0.000004", 5, "0"],
  ["-0.000006", 5, "-0.00001"],
])("roundDecimal(%s, %i) is %s", (decimal, places, rounded) => {
  expect(roundDecimal(decimal, places)).toBe(rounded);
});

test("a money factor is read and written without its leading zero", () => {
  expect(parseDecimal(".00185")).toBe("0.00185");
  expect(formatFactor("0.00185")).toBe(".00185");
  expect(parseDecimal("1.2.3")).toBeUndefined();
  expect(parseDecimal("")).toBeUndefined();
});

test("signs are read from the string", () => {
  expect(isNegative("-0.01")).toBe(true);
  expect(isNegative("0.01")).toBe(false);
  expect(isZero("0.00")).toBe(true);
  expect(isZero("-0.00")).toBe(true);
  expect(isZero("0.10")).toBe(false);
});
