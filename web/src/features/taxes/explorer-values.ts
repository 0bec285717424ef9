// What somebody types into the tax explorer: all text, kept in the address, read into a deal of one way to pay.
import type { Column, DealInput, Place, ProductKind, RebateKind } from "@/api/types";
import { parseDecimal, parseMoney, parsePercent } from "@/i18n/money";
import type { TextKey } from "@/i18n/text";

export const PRODUCTS = ["serviceContract", "gap", "maintenance", "tireWheel", "appearance", "theft", "key", "other"] as const satisfies readonly ProductKind[];
export const REBATES = ["manufacturer", "manufacturerLater", "manufacturerGuaranteed", "dealer", "dealerIncentive"] as const satisfies readonly RebateKind[];
export const KINDS = ["cash", "finance", "lease"] as const satisfies readonly Column["kind"][];

const MONEY = ["price", "accessories", "msrp", "allowance", "payoff", "rebate", "docFee", "down", "acquisition", "residual", "bookValue", ...PRODUCTS] as const;
const COUNTS = ["modelYear", "weight", "gvwr", "mpg", "odometer", "term"] as const;
const TEXTS = ["zip", "state", "county", "city", "dealerState", "dealerCounty", "dealerCity", "date", "kind", "rebateKind", "condition", "class", "fuel", "rate", "factor", "exempt", "choices"] as const;

export const KEYS = [...TEXTS, ...MONEY, ...COUNTS] as const;
export type Key = (typeof KEYS)[number];
/** Absent is empty. */
export type ExplorerValues = Partial<Record<Key, string | undefined>>;

export interface Question {
  input: DealInput | undefined;
  /** What cannot be read, by field. */
  faults: Partial<Record<Key, TextKey>>;
  /** What is still to be typed before there is anything to compute. */
  missing: TextKey | undefined;
}

const ID = "deal";
const CONDITIONS = ["new", "used"] as const satisfies readonly DealInput["vehicle"]["condition"][];

export const CLASSES = ["passenger", "lightTruck", "heavyTruck", "motorcycle", "rv", "trailer", "offRoad", "other"] as const;
export const FUELS = ["gasoline", "diesel", "flex", "hybrid", "plugInHybrid", "electric", "hydrogen", "gas", "other"] as const;

export function kindOf(values: ExplorerValues): Column["kind"] {
  return KINDS.find((kind) => kind === values.kind) ?? "cash";
}

/** The deal that the values describe, once they describe one. */
export function questionOf(values: ExplorerValues, today: string): Question {
  const faults: Question["faults"] = {};
  const read = <T>(key: Key, reader: (text: string) => T | undefined, fault: TextKey): T | undefined => {
    const text = (values[key] ?? "").trim();
    if (text === "") return undefined;
    const value = reader(text);
    if (value === undefined) faults[key] = fault;
    return value;
  };
  const money = (key: Key) => read(key, amount, "invalid.money");
  const count = (key: Key) => read(key, whole, "invalid.count");
  const kind = kindOf(values);
  const terms = {
    term: count("term"),
    rate: read("rate", parsePercent, "invalid.percent"),
    factor: read("factor", parseDecimal, "invalid.factor"),
    residual: money("residual"),
    acquisition: money("acquisition"),
  };
  const price = money("price");
  const allowance = money("allowance");
  const payoff = money("payoff");
  const rebate = money("rebate");
  const products = PRODUCTS.flatMap((product) => {
    const amountOf = money(product);
    return amountOf === undefined ? [] : [{ kind: product, name: product, price: amountOf }];
  });
  const accessories = money("accessories");
  const vehicle = present({
    condition: CONDITIONS.find((candidate) => candidate === values.condition) ?? "new",
    class: CLASSES.find((candidate) => candidate === values.class),
    fuel: FUELS.find((candidate) => candidate === values.fuel),
    msrp: money("msrp"),
    fairValue: money("bookValue"),
    modelYear: count("modelYear"),
    weightLb: count("weight"),
    gvwrLb: count("gvwr"),
    mpg: count("mpg"),
    odometer: count("odometer"),
  });
  const more = present({ docFee: money("docFee"), cashDown: money("down") });
  const column = columnOf(kind, terms);
  const buyerPlace = placeOf(values.state, values.county, values.city, values.zip);
  // What cannot be read is not missing: its field says so, and what was computed before it stays on the page.
  const missing = Object.keys(faults).length > 0 ? undefined : missingOf(buyerPlace, price, column);
  if (buyerPlace === undefined || price === undefined || column === undefined || Object.keys(faults).length > 0) {
    return { input: undefined, faults, missing };
  }
  return {
    faults,
    missing: undefined,
    input: {
      dealDate: values.date === undefined || values.date === "" ? today : values.date,
      vehicle,
      dealerPlace: placeOf(values.dealerState, values.dealerCounty, values.dealerCity) ?? buyerPlace,
      buyerPlace,
      price,
      ...more,
      // The generated type asks for what the server fills in by itself.
      ...(values.exempt !== undefined && values.exempt !== "" && { buyer: { exemptions: [values.exempt] } as unknown as NonNullable<DealInput["buyer"]> }),
      accessories: accessories === undefined ? [] : [{ name: "accessories", price: accessories }],
      rebates: rebate === undefined ? [] : [{ kind: REBATES.find((kindOfIt) => kindOfIt === values.rebateKind) ?? "manufacturer", name: "rebate", amount: rebate }],
      trades: allowance === undefined ? [] : [{ description: "trade", allowance, ...present({ payoff }) }],
      products,
      elections: electionsOf(values.choices),
      columns: [column],
    },
  };
}

interface Terms {
  term: number | undefined;
  rate: string | undefined;
  factor: string | undefined;
  residual: string | undefined;
  acquisition: string | undefined;
}

/** A rate, a money factor or a residual that nobody typed is not invented. */
function columnOf(kind: Column["kind"], { term, rate, factor, residual, acquisition }: Terms): Column | undefined {
  switch (kind) {
    case "cash":
      return { kind, id: ID };
    case "finance":
      return rate === undefined || term === undefined ? undefined : { kind, id: ID, rate, termMonths: term };
    case "lease":
      return factor === undefined || term === undefined || residual === undefined
        ? undefined
        : { kind, id: ID, moneyFactor: factor, termMonths: term, residual: { amount: residual }, ...present({ acquisitionFee: acquisition }) };
  }
}

function missingOf(place: Place | undefined, price: string | undefined, column: Column | undefined): TextKey | undefined {
  if (place === undefined) return "taxes.missing.place";
  if (price === undefined) return "taxes.missing.price";
  return column === undefined ? "taxes.missing.terms" : undefined;
}

export function placeOf(state?: string, county?: string, city?: string, zip?: string): Place | undefined {
  if (state === undefined || state === "") return undefined;
  return { state, ...(county && { county }), ...(city && { city }), ...(zip && /^\d{5}$/.test(zip) && { zip }) };
}

/** `basis:price,term:upfront` as it stands in the address. */
export function electionsOf(choices: string | undefined): Record<string, string> {
  const pairs = (choices ?? "").split(",").map((pair) => pair.split(":"));
  return Object.fromEntries(pairs.flatMap(([name, option]) => (name && option ? [[name, option]] : [])));
}

export function withElection(choices: string | undefined, name: string, option: string): string {
  const next = { ...electionsOf(choices), [name]: option };
  return Object.entries(next)
    .filter(([, chosen]) => chosen !== "")
    .map((pair) => pair.join(":"))
    .join(",");
}

function amount(text: string): string | undefined {
  const read = parseMoney(text);
  return read === undefined || read.startsWith("-") ? undefined : read;
}

function whole(text: string): number | undefined {
  const digits = text.replaceAll(",", "");
  return /^\d{1,7}$/.test(digits) ? Number(digits) : undefined;
}

function present<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** The address of the explorer: the fields that hold something. */
export function explorerSearch(raw: Record<string, unknown>): ExplorerValues {
  return Object.fromEntries(
    KEYS.flatMap((key) => {
      const value = raw[key];
      const text = typeof value === "number" ? String(value) : value;
      return typeof text === "string" && text !== "" ? [[key, text]] : [];
    }),
  );
}
