import type { Vehicle, VehicleWrite } from "@/api/types";
import { formatMoney, parseMoney } from "@/i18n/money";
import { t, type TextKey } from "@/i18n/text";
import type { Description } from "@/ui/form-frame";
import { CLASSES, CONDITIONS, FUELS } from "./kinds";

/** A vehicle as the form holds it: all text. */
export interface VehicleValues {
  stockNumber: string;
  vin: string;
  condition: string;
  year: string;
  make: string;
  model: string;
  trim: string;
  bodyClass: string;
  odometer: string;
  msrp: string;
  price: string;
  cost: string;
  class: string;
  weightLb: string;
  mpg: string;
  fuel: string;
  receivedOn: string;
}

export const LABELS: Record<keyof VehicleValues, TextKey> = {
  stockNumber: "vehicle.stockNumber",
  vin: "vehicle.vin",
  condition: "vehicle.condition",
  year: "vehicle.year",
  make: "vehicle.make",
  model: "vehicle.model",
  trim: "vehicle.trim",
  bodyClass: "vehicle.bodyClass",
  odometer: "vehicle.odometer",
  msrp: "vehicle.msrp",
  price: "vehicle.price",
  cost: "vehicle.cost",
  class: "vehicle.class",
  weightLb: "vehicle.weight",
  mpg: "vehicle.mpg",
  fuel: "vehicle.fuel",
  receivedOn: "vehicle.received",
};

const MONEY = ["msrp", "price", "cost"] as const;
const COUNTS = ["year", "odometer", "weightLb", "mpg"] as const;
const REQUIRED = ["stockNumber", "vin", "year", "make", "model", "odometer", "receivedOn"] as const;

export function vehicleValues(vehicle: Vehicle | undefined, today: string): VehicleValues {
  const money = (amount: string | null | undefined) => (amount == null ? "" : formatMoney(amount));
  const count = (value: number | null | undefined) => (value == null ? "" : String(value));
  return {
    stockNumber: vehicle?.stockNumber ?? "",
    vin: vehicle?.vin ?? "",
    condition: vehicle?.condition ?? "used",
    year: count(vehicle?.year),
    make: vehicle?.make ?? "",
    model: vehicle?.model ?? "",
    trim: vehicle?.trim ?? "",
    bodyClass: vehicle?.bodyClass ?? "",
    odometer: count(vehicle?.odometer),
    msrp: money(vehicle?.msrp),
    price: money(vehicle?.price),
    cost: money(vehicle?.cost),
    class: vehicle?.class ?? "",
    weightLb: count(vehicle?.weightLb),
    mpg: count(vehicle?.mpg),
    fuel: vehicle?.fuel ?? "",
    receivedOn: vehicle?.receivedOn ?? today,
  };
}

export type Faults = Partial<Record<keyof VehicleValues, TextKey>>;

/** What cannot be sent as it was typed. A vehicle that is `numbered` by the store needs no stock number. */
export function vehicleFaults(values: VehicleValues, numbered = false): Faults {
  const faults: Faults = {};
  for (const key of REQUIRED) if (values[key].trim() === "" && !(numbered && key === "stockNumber")) faults[key] = "invalid.required";
  for (const key of MONEY) if (values[key].trim() !== "" && parseMoney(values[key]) === undefined) faults[key] = "invalid.money";
  for (const key of COUNTS) if (values[key].trim() !== "" && readCount(values[key]) === undefined) faults[key] = "invalid.count";
  return faults;
}

function readCount(text: string): number | undefined {
  const digits = text.trim().replaceAll(",", "");
  return /^\d{1,7}$/.test(digits) ? Number(digits) : undefined;
}

/** As it goes to the server; only for values without faults. What is empty is left out. */
export function vehicleWrite(values: VehicleValues): VehicleWrite {
  const text = (value: string) => value.trim();
  const vehicleClass = CLASSES.find((candidate) => candidate === values.class);
  const fuel = FUELS.find((candidate) => candidate === values.fuel);
  return {
    vin: text(values.vin).toUpperCase(),
    condition: CONDITIONS.find((candidate) => candidate === values.condition) ?? "used",
    year: readCount(values.year) ?? 0,
    make: text(values.make),
    model: text(values.model),
    odometer: readCount(values.odometer) ?? 0,
    receivedOn: values.receivedOn,
    ...(vehicleClass && { class: vehicleClass }),
    ...(fuel && { fuel }),
    ...present({ stockNumber: text(values.stockNumber) || undefined }),
    ...present({ trim: text(values.trim) || undefined, bodyClass: text(values.bodyClass) || undefined }),
    ...present({ msrp: parseMoney(values.msrp), price: parseMoney(values.price), cost: parseMoney(values.cost) }),
    ...present({ weightLb: readCount(values.weightLb), mpg: readCount(values.mpg) }),
  };
}

function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

export function describeVehicle(values: VehicleValues): Description {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [t(LABELS[key as keyof VehicleValues]), value]));
}
