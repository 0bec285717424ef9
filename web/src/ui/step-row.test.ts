import { expect, test } from "vitest";
import { stepRow } from "./step-row";

test("the first key takes the first or the last row", () => {
  expect(stepRow(-1, 1, 5)).toBe(0);
  expect(stepRow(-1, -1, 5)).toBe(4);
});

test("the ends hold", () => {
  expect(stepRow(4, 1, 5)).toBe(4);
  expect(stepRow(0, -1, 5)).toBe(0);
  expect(stepRow(2, 1, 5)).toBe(3);
});

test("an empty list has no row to go to", () => {
  expect(stepRow(-1, 1, 0)).toBe(-1);
});
