// Every field of the desk: where it stands in the deal's input and how it is read and written there.
import type { Column, DealInput } from "@/api/types";
import { followed } from "./capitalized";
import type { Emptied, Field, FieldKind } from "./worksheet";

type Lists = "accessories" | "trades" | "rebates" | "fees" | "products";
type Item<L extends Lists> = NonNullable<DealInput[L]>[number];

export function itemsOf<L extends Lists>(input: DealInput, list: L): Item<L>[] {
  return (input[list] ?? []) as Item<L>[];
}

function withItems<L extends Lists>(input: DealInput, list: L, items: Item<L>[]): DealInput {
  return { ...input, [list]: items };
}

export function addItem<L extends Lists>(list: L, item: Item<L>) {
  return (input: DealInput) => withItems(input, list, [...itemsOf(input, list), item]);
}

export function changeItem<L extends Lists>(list: L, index: number, part: Partial<Item<L>>) {
  return (input: DealInput) => followed(input, withItems(input, list, itemsOf(input, list).with(index, { ...at(input, list, index), ...part })));
}

export function removeItem(list: Lists, index: number) {
  return (input: DealInput) => followed(input, withItems(input, list, itemsOf(input, list).toSpliced(index, 1)));
}

function at<L extends Lists>(input: DealInput, list: L, index: number): Item<L> {
  const item = itemsOf(input, list)[index];
  if (item === undefined) throw new RangeError(`no line ${index} in ${list}`);
  return item;
}

/** A field of one line of a list. `key` must hold text on the wire. */
export function itemField<L extends Lists>(list: L, index: number, key: keyof Item<L> & string, kind: FieldKind, emptied: Emptied): Field {
  return {
    pointer: `/${list}/${index}/${key}`,
    kind,
    emptied,
    read: (input) => {
      const value: unknown = itemsOf(input, list)[index]?.[key];
      return typeof value === "string" ? value : undefined;
    },
    write: (input, value) => changeItem(list, index, { [key]: value } as Partial<Item<L>>)(input),
  };
}

function moneyField(key: "price" | "docFee" | "cashDown", emptied: Emptied): Field {
  return {
    pointer: `/${key}`,
    kind: "money",
    emptied,
    read: (input) => input[key],
    write: (input, value) => ({ ...input, [key]: value ?? "0.00" }),
  };
}

export const PRICE = moneyField("price", "fault");
export const DOC_FEE = moneyField("docFee", "zero");
export const CASH_DOWN = moneyField("cashDown", "zero");

export const MSRP: Field = {
  pointer: "/vehicle/msrp",
  kind: "money",
  emptied: "absent",
  read: (input) => input.vehicle.msrp ?? undefined,
  write: (input, value) => {
    const { msrp: _, ...vehicle } = input.vehicle;
    return { ...input, vehicle: value === undefined ? vehicle : { ...vehicle, msrp: value } };
  },
};

function changeColumn(input: DealInput, index: number, change: (column: Column) => Column): DealInput {
  return { ...input, columns: input.columns.map((column, place) => (place === index ? change(column) : column)) };
}

export function termField(index: number): Field {
  return {
    pointer: `/columns/${index}/termMonths`,
    kind: "count",
    emptied: "fault",
    read: (input) => {
      const column = input.columns[index];
      return column === undefined || column.kind === "cash" ? undefined : String(column.termMonths);
    },
    write: (input, value) =>
      changeColumn(input, index, (column) =>
        column.kind === "cash" ? column : { ...column, termMonths: Number(value) },
      ),
  };
}

export function rateField(index: number): Field {
  return {
    pointer: `/columns/${index}/rate`,
    kind: "percent",
    emptied: "blank",
    read: (input) => {
      const column = input.columns[index];
      return column?.kind === "finance" ? column.rate : undefined;
    },
    write: (input, value) =>
      changeColumn(input, index, (column) => (column.kind === "finance" ? { ...column, rate: value ?? "" } : column)),
  };
}

export function factorField(index: number): Field {
  return {
    pointer: `/columns/${index}/moneyFactor`,
    kind: "factor",
    emptied: "blank",
    read: (input) => {
      const column = input.columns[index];
      return column?.kind === "lease" ? column.moneyFactor : undefined;
    },
    write: (input, value) =>
      changeColumn(input, index, (column) => (column.kind === "lease" ? { ...column, moneyFactor: value ?? "" } : column)),
  };
}

export function residualField(index: number): Field {
  return {
    pointer: `/columns/${index}/residual`,
    kind: "percent",
    emptied: "blank",
    read: (input) => {
      const column = input.columns[index];
      return column?.kind === "lease" && "percent" in column.residual ? column.residual.percent : undefined;
    },
    write: (input, value) =>
      changeColumn(input, index, (column) =>
        column.kind === "lease" ? { ...column, residual: { percent: value ?? "" } } : column,
      ),
  };
}

export function residualAmountField(index: number): Field {
  return {
    pointer: `/columns/${index}/residual`,
    kind: "money",
    emptied: "fault",
    read: (input) => {
      const column = input.columns[index];
      return column?.kind === "lease" && "amount" in column.residual ? column.residual.amount : undefined;
    },
    write: (input, value) =>
      changeColumn(input, index, (column) =>
        column.kind === "lease" ? { ...column, residual: { amount: value ?? "0.00" } } : column,
      ),
  };
}

export function milesField(index: number): Field {
  return {
    pointer: `/columns/${index}/annualMiles`,
    kind: "count",
    emptied: "absent",
    read: (input) => {
      const column = input.columns[index];
      return column?.kind === "lease" && column.annualMiles != null ? String(column.annualMiles) : undefined;
    },
    write: (input, value) =>
      changeColumn(input, index, (column) => {
        if (column.kind !== "lease") return column;
        const { annualMiles: _, ...rest } = column;
        return value === undefined ? rest : { ...rest, annualMiles: Number(value) };
      }),
  };
}
