// The days of the week, and hours of business by them.
const names = new Intl.DateTimeFormat("en-US", { weekday: "long", timeZone: "UTC" });

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** `Monday`. */
export function weekdayName(day: Weekday): string {
  // The 5th of January 1970 was a Monday.
  return names.format(new Date(Date.UTC(1970, 0, 5 + WEEKDAYS.indexOf(day))));
}

export type Hours = Readonly<Record<string, { opens: string; closes: string }>>;

/** `18:30` → `6:30 pm`. */
export function clockTime(text: string): string {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  const shown = hour % 12 === 0 ? 12 : hour % 12;
  return `${shown}${minute === 0 ? "" : `:${String(minute).padStart(2, "0")}`} ${hour < 12 ? "am" : "pm"}`;
}

/** `Mon–Fri 9 am – 6:30 pm, Sat 10 am – 4 pm`: days with the same hours that follow each other are one. */
export function hoursLine(hours: Hours): string {
  const runs: { first: Weekday; last: Weekday; open: string }[] = [];
  let before: Weekday | undefined;
  for (const day of WEEKDAYS) {
    const at = hours[day];
    const open = at === undefined ? undefined : `${clockTime(at.opens)} – ${clockTime(at.closes)}`;
    const run = runs.at(-1);
    if (open !== undefined && run !== undefined && run.last === before && run.open === open) run.last = day;
    else if (open !== undefined) runs.push({ first: day, last: day, open });
    before = day;
  }
  const short = (day: Weekday) => weekdayName(day).slice(0, 3);
  return runs.map(({ first, last, open }) => `${first === last ? short(first) : `${short(first)}–${short(last)}`} ${open}`).join(", ");
}
