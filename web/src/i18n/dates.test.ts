import { expect, test } from "vitest";
import { addDays, ageOf, civilDateOf, formatCivilDate, formatMoment, startOfDay } from "./dates";

test("a civil date is shown as it stands in every time zone", () => {
  expect(formatCivilDate("2025-11-21")).toBe("Nov 21, 2025");
  expect(formatCivilDate("not a date")).toBe("not a date");
});

test("an instant is shown in the store's zone", () => {
  expect(formatMoment("2025-11-21T05:30:00Z", "America/Chicago")).toMatch(/Nov 20, 2025, 11:30\sPM/);
  expect(civilDateOf(new Date("2025-11-21T05:30:00Z"), "America/Chicago")).toBe("2025-11-20");
});

test("an age is told in its largest whole unit", () => {
  const now = Date.parse("2025-11-21T12:00:00Z");
  expect(ageOf("2025-11-21T11:59:30Z", now)).toEqual({ amount: 0, unit: "minute" });
  expect(ageOf("2025-11-21T11:01:00Z", now)).toEqual({ amount: 59, unit: "minute" });
  expect(ageOf("2025-11-21T10:00:00Z", now)).toEqual({ amount: 2, unit: "hour" });
  expect(ageOf("2025-11-18T11:00:00Z", now)).toEqual({ amount: 3, unit: "day" });
  expect(ageOf("2025-11-21T12:00:05Z", now)).toEqual({ amount: 0, unit: "minute" });
});

test("a day begins at the store's midnight, also where the clocks change", () => {
  expect(startOfDay("2025-11-21", "America/Chicago")).toBe("2025-11-21T06:00:00.000Z");
  expect(startOfDay("2025-07-04", "America/Chicago")).toBe("2025-07-04T05:00:00.000Z");
  // Clocks went forward on March 9 and back on November 2, 2025, both at two in the morning.
  expect(startOfDay("2025-03-09", "America/Chicago")).toBe("2025-03-09T06:00:00.000Z");
  expect(startOfDay("2025-03-10", "America/Chicago")).toBe("2025-03-10T05:00:00.000Z");
  expect(startOfDay("2025-11-02", "America/Chicago")).toBe("2025-11-02T05:00:00.000Z");
  expect(startOfDay("2025-11-03", "America/Chicago")).toBe("2025-11-03T06:00:00.000Z");
  expect(startOfDay("2025-11-21", "Pacific/Honolulu")).toBe("2025-11-21T10:00:00.000Z");
});

test("days are added over the ends of months", () => {
  expect(addDays("2025-12-31", 1)).toBe("2026-01-01");
  expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
});
