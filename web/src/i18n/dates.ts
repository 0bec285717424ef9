// Instants are shown in the store's time zone; civil dates are shown as they stand.

const civil = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
const formats = new Map<string, { time: Intl.DateTimeFormat; moment: Intl.DateTimeFormat; day: Intl.DateTimeFormat }>();

function formatsFor(timeZone: string) {
  let found = formats.get(timeZone);
  if (found === undefined) {
    found = {
      time: new Intl.DateTimeFormat("en-US", { timeStyle: "short", timeZone }),
      moment: new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short", timeZone }),
      day: new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }),
    };
    formats.set(timeZone, found);
  }
  return found;
}

/** `"2025-11-21"` → `"Nov 21, 2025"`. */
export function formatCivilDate(date: string): string {
  const parsed = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(parsed) ? date : civil.format(parsed);
}

/** An RFC 3339 instant as date and time in the store's zone. */
export function formatMoment(instant: string, timeZone: string): string {
  return formatsFor(timeZone).moment.format(new Date(instant));
}

/** The civil date of an instant in the store's zone. */
export function civilDateOf(instant: Date, timeZone: string): string {
  return formatsFor(timeZone).day.format(instant);
}

/** The instant at which a civil date begins in the store's zone. */
export function startOfDay(date: string, timeZone: string): string {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  let instant = midnight;
  // The second step is for the days on which the clocks change.
  for (let step = 0; step < 2; step += 1) instant = midnight - offsetAt(instant, timeZone);
  return new Date(instant).toISOString();
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((found) => found.type === type)?.value ?? 0);
  const there = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return there - Math.floor(instant / 1000) * 1000;
}

/** A civil date some days later, or earlier. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export interface Age {
  amount: number;
  unit: "minute" | "hour" | "day";
}

/** How long ago, in the largest unit that is at least one; less than a minute is zero minutes. */
export function ageOf(instant: string, now: number): Age {
  const minutes = Math.max(0, Math.floor((now - Date.parse(instant)) / 60_000));
  if (minutes < 60) return { amount: minutes, unit: "minute" };
  if (minutes < 60 * 24) return { amount: Math.floor(minutes / 60), unit: "hour" };
  return { amount: Math.floor(minutes / (60 * 24)), unit: "day" };
}
