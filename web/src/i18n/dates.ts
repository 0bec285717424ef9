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
