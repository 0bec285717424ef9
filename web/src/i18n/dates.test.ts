import { expect, test } from "vitest";
import { ageOf, civilDateOf, formatCivilDate, formatMoment } from "./dates";

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
