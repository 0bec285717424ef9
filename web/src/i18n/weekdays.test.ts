import { expect, test } from "vitest";
import { clockTime, hoursLine, weekdayName } from "./weekdays";

test("hours are told as people say them", () => {
  expect([clockTime("00:00"), clockTime("09:05"), clockTime("12:00"), clockTime("18:30")]).toEqual(["12 am", "9:05 am", "12 pm", "6:30 pm"]);
  expect(weekdayName("monday")).toBe("Monday");
});

test("days with the same hours that follow each other are one", () => {
  const day = { opens: "09:00", closes: "18:30" };
  const short = { opens: "10:00", closes: "16:00" };
  expect(hoursLine({})).toBe("");
  expect(hoursLine({ monday: day, tuesday: day, wednesday: day, friday: day, saturday: short })).toBe(
    "Mon–Wed 9 am – 6:30 pm, Fri 9 am – 6:30 pm, Sat 10 am – 4 pm",
  );
});
