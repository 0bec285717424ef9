import type { DeskSettings, DeskSettingsWrite } from "@/api/types";
import { formatFactor, formatMoney, formatPercent, parseDecimal, parseMoney, parsePercent } from "@/i18n/money";
import { t, type TextKey } from "@/i18n/text";
import type { Description } from "@/ui/form-frame";

export interface FeeValues {
  code: string;
  name: string;
  amount: string;
  taxable: boolean;
}

export const TEXT_KEYS = [
  "docFee",
  "pack",
  "financeTermMonths",
  "financeRate",
  "leaseTermMonths",
  "leaseMoneyFactor",
  "leaseResidualPercent",
  "acquisitionFee",
  "annualMiles",
] as const;

export type TextField = (typeof TEXT_KEYS)[number];

/** The desk defaults as the form holds them: all text. */
export type DeskValues = Record<TextField, string> & { fees: readonly FeeValues[] };

export const LABELS: Record<TextField, TextKey> = {
  docFee: "settings.docFee",
  pack: "settings.pack",
  financeTermMonths: "settings.financeTerm",
  financeRate: "settings.financeRate",
  leaseTermMonths: "settings.leaseTerm",
  leaseMoneyFactor: "settings.moneyFactor",
  leaseResidualPercent: "settings.residual",
  acquisitionFee: "settings.acquisitionFee",
  annualMiles: "settings.miles",
};

export function deskValues(settings: DeskSettings | undefined): DeskValues {
  const show = (value: string | null | undefined, format: (value: string) => string) => (value == null ? "" : format(value));
  const count = (value: number | null | undefined) => (value == null ? "" : String(value));
  return {
    docFee: show(settings?.docFee, formatMoney),
    pack: show(settings?.pack, formatMoney),
    financeTermMonths: count(settings?.financeTermMonths),
    financeRate: show(settings?.financeRate, formatPercent),
    leaseTermMonths: count(settings?.leaseTermMonths),
    leaseMoneyFactor: show(settings?.leaseMoneyFactor, formatFactor),
    leaseResidualPercent: show(settings?.leaseResidualPercent, formatPercent),
    acquisitionFee: show(settings?.acquisitionFee, formatMoney),
    annualMiles: count(settings?.annualMiles),
    fees: (settings?.fees ?? []).map(({ code, name, amount, taxable }) => ({
      code,
      name,
      amount: formatMoney(amount),
      taxable: taxable ?? false,
    })),
  };
}

const READERS: Record<TextField, { read: (text: string) => string | undefined; fault: TextKey }> = {
  docFee: { read: parseMoney, fault: "invalid.money" },
  pack: { read: parseMoney, fault: "invalid.money" },
  financeTermMonths: { read: readCount, fault: "invalid.count" },
  financeRate: { read: parsePercent, fault: "invalid.percent" },
  leaseTermMonths: { read: readCount, fault: "invalid.count" },
  leaseMoneyFactor: { read: parseDecimal, fault: "invalid.factor" },
  leaseResidualPercent: { read: parsePercent, fault: "invalid.percent" },
  acquisitionFee: { read: parseMoney, fault: "invalid.money" },
  annualMiles: { read: readCount, fault: "invalid.count" },
};

function readCount(text: string): string | undefined {
  const digits = text.trim().replaceAll(",", "");
  return /^\d{1,7}$/.test(digits) ? digits : undefined;
}

/** What cannot be sent as it was typed, by pointer. */
export function deskFaults(values: DeskValues): Record<string, TextKey> {
  const faults: Record<string, TextKey> = {};
  for (const key of TEXT_KEYS) {
    if (values[key].trim() !== "" && READERS[key].read(values[key]) === undefined) faults[`/${key}`] = READERS[key].fault;
  }
  values.fees.forEach((fee, index) => {
    if (fee.code.trim() === "") faults[`/fees/${index}/code`] = "invalid.required";
    if (fee.name.trim() === "") faults[`/fees/${index}/name`] = "invalid.required";
    if (parseMoney(fee.amount) === undefined) faults[`/fees/${index}/amount`] = "invalid.money";
  });
  return faults;
}

/** As it goes to the server; only for values without faults. */
export function deskWrite(values: DeskValues): DeskSettingsWrite {
  const read = (key: TextField) => READERS[key].read(values[key]);
  const number = (key: TextField) => {
    const text = read(key);
    return text === undefined ? undefined : Number(text);
  };
  const optional = {
    financeTermMonths: number("financeTermMonths"),
    financeRate: read("financeRate"),
    leaseTermMonths: number("leaseTermMonths"),
    leaseMoneyFactor: read("leaseMoneyFactor"),
    leaseResidualPercent: read("leaseResidualPercent"),
    acquisitionFee: read("acquisitionFee"),
    annualMiles: number("annualMiles"),
  };
  return {
    docFee: read("docFee") ?? "0.00",
    pack: read("pack") ?? "0.00",
    fees: values.fees.map((fee) => ({
      code: fee.code.trim(),
      name: fee.name.trim(),
      amount: parseMoney(fee.amount) ?? "0.00",
      taxable: fee.taxable,
    })),
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as {
      [K in keyof typeof optional]?: Exclude<(typeof optional)[K], undefined>;
    }),
  };
}

/** Outside their sections the terms of a loan and of a lease need their names. */
const SECTIONS: Partial<Record<TextField, TextKey>> = { financeTermMonths: "settings.finance", leaseTermMonths: "settings.lease" };

function lineOf(key: TextField): string {
  const section = SECTIONS[key];
  return section === undefined ? t(LABELS[key]) : `${t(section)}: ${t(LABELS[key])}`;
}

export function describeDesk(values: DeskValues): Description {
  const fees = values.fees.map((fee) => `${fee.name} ${fee.amount}`).join(", ");
  return {
    ...Object.fromEntries(TEXT_KEYS.map((key) => [lineOf(key), values[key]])),
    [t("settings.fees")]: fees,
  };
}
