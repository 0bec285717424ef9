import { expect, test } from "vitest";
import { example, numberingValues, numberingWrite, yearPart } from "./numbering-values";

test("a number is shown as the server shows it", () => {
  expect(example({ prefix: "D-", digits: "0" }, 10482)).toBe("D-10482");
  expect(example({ prefix: " ab/", digits: "6" }, 482, yearPart("four", "2026-03-02"))).toBe("AB/2026-000482");
  expect(example({ prefix: "", digits: "0" }, 7, yearPart("two", "2005-12-31"))).toBe("05-7");
  expect(example({ prefix: "", digits: "4" }, 123456, yearPart("none", "2026-03-02"))).toBe("123456");
});

test("what was saved goes back as it came, and typed series are left out", () => {
  const saved = { deals: { prefix: "D-", year: "four" as const, digits: 6 }, usedVehicles: { prefix: "T", digits: 4 } };
  expect(numberingWrite(numberingValues(saved))).toEqual(saved);
});
