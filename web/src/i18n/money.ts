// Money and rates stay decimal strings from the keyboard to the wire. Nothing here goes through a float.

const TYPED_AMOUNT = /^([-−])?\$?\s*(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d{0,2}))?$/;

/** `"41250"`, `"41,250.0"`, `"$41,250.00"` → `"41250.00"`; `undefined` when it is no amount of dollars and cents. */
export function parseMoney(typed: string): string | undefined {
  const match = TYPED_AMOUNT.exec(typed.trim());
  if (match === null) return undefined;
  const whole = (match[2] ?? "").replaceAll(",", "");
  const cents = match[3] ?? "";
  if (whole === "" && cents === "") return undefined;
  const amount = `${trimZeros(whole)}.${cents.padEnd(2, "0")}`;
  return match[1] !== undefined && amount !== "0.00" ? `-${amount}` : amount;
}

/** `"41250.00"` → `"41,250.00"`; below zero with a true minus sign. */
export function formatMoney(amount: string): string {
  const negative = amount.startsWith("-");
  const [whole = "0", cents = ""] = (negative ? amount.slice(1) : amount).split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${negative ? "−" : ""}${grouped}.${cents.padEnd(2, "0")}`;
}

export function isNegative(amount: string): boolean {
  return amount.startsWith("-");
}

export function isZero(decimal: string): boolean {
  return /^-?0*\.?0*$/.test(decimal);
}

const TYPED_DECIMAL = /^(\d*)(?:\.(\d*))?$/;

/** A plain decimal without sign, such as a money factor: `".00185"` → `"0.00185"`. */
export function parseDecimal(typed: string): string | undefined {
  const match = TYPED_DECIMAL.exec(typed.trim());
  const whole = match?.[1] ?? "";
  const fraction = match?.[2] ?? "";
  if (match === null || (whole === "" && fraction === "")) return undefined;
  return fraction === "" ? trimZeros(whole) : `${trimZeros(whole)}.${fraction}`;
}

/** A typed percentage as a fraction of one: `"6.49"` and `"6.49 %"` → `"0.0649"`. */
export function parsePercent(typed: string): string | undefined {
  const decimal = parseDecimal(typed.replace(/\s*%\s*$/, ""));
  return decimal === undefined ? undefined : shiftPoint(decimal, -2);
}

/** A fraction of one as the percentage a person reads, at least two decimals: `"0.0649"` → `"6.49"`. */
export function formatPercent(rate: string): string {
  const negative = rate.startsWith("-");
  const shifted = shiftPoint(negative ? rate.slice(1) : rate, 2);
  const [whole = "0", fraction = ""] = shifted.split(".");
  return `${negative ? "−" : ""}${whole}.${fraction.padEnd(2, "0")}`;
}

/** Rounded half up to so many decimals: for reading a long decimal at a glance, never for a result. */
export function roundDecimal(decimal: string, places: number): string {
  const negative = decimal.startsWith("-");
  const [whole = "0", fraction = ""] = (negative ? decimal.slice(1) : decimal).split(".");
  if (fraction.length <= places) return decimal;
  const up = fraction.charAt(places) >= "5" ? 1n : 0n;
  const digits = String(BigInt(whole + fraction.slice(0, places)) + up).padStart(places + 1, "0");
  const rounded = shiftPoint(digits, -places);
  return negative && !isZero(rounded) ? `-${rounded}` : rounded;
}

/** A money factor with the leading zero dropped, as the trade writes it: `"0.00185"` → `".00185"`. */
export function formatFactor(factor: string): string {
  return factor.replace(/^0(?=\.)/, "");
}

function shiftPoint(decimal: string, places: number): string {
  const [whole = "0", fraction = ""] = decimal.split(".");
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits.padEnd(point, "0");
  const at = point <= 0 ? 1 : point;
  const tail = padded.slice(at).replace(/0+$/, "");
  return tail === "" ? trimZeros(padded.slice(0, at)) : `${trimZeros(padded.slice(0, at))}.${tail}`;
}

function trimZeros(whole: string): string {
  return whole.replace(/^0+(?=\d)/, "") || "0";
}
