import type { DeskSettings, DeskSettingsWrite } from "@/api/types";
import { formatMoney, parseMoney } from "@/i18n/money";
import { t, textOf } from "@/i18n/text";
import type { Description } from "@/ui/form-frame";
import { placeOf, placeValue, type PlaceValue } from "@/ui/place-fields";

/** By state, then by the choice's name in the rules. */
export type Elections = Record<string, Record<string, string>>;

export interface TaxSettingsValues {
  docFee: string;
  place: PlaceValue;
  elections: Elections;
}

export function taxValues(settings: DeskSettings | undefined): TaxSettingsValues {
  return {
    docFee: settings === undefined ? "" : formatMoney(settings.docFee),
    place: placeValue(settings?.registrationPlace ?? {}),
    elections: settings?.elections ?? {},
  };
}

/** The whole settings with these in them: what another page edits stays as it was read. */
export function taxWrite(settings: DeskSettings, { docFee, place, elections }: TaxSettingsValues): DeskSettingsWrite {
  const { version: _, registrationPlace: __, ...rest } = settings;
  return {
    ...rest,
    docFee: parseMoney(docFee) ?? "0.00",
    elections,
    ...(place.state !== "" && { registrationPlace: placeOf(place) }),
  };
}

/** A choice made, or taken back with an empty option. */
export function withChoice(elections: Elections, state: string, name: string, option: string): Elections {
  const { [name]: _, ...others } = elections[state] ?? {};
  const chosen = option === "" ? others : { ...others, [name]: option };
  const { [state]: __, ...rest } = elections;
  return Object.keys(chosen).length === 0 ? rest : { ...rest, [state]: chosen };
}

export function describeTaxes({ docFee, place, elections }: TaxSettingsValues): Description {
  return {
    [t("settings.docFee")]: docFee,
    [t("taxSettings.place")]: [place.city, place.county, place.state, place.zip].filter(Boolean).join(", "),
    [t("taxSettings.elections")]: Object.entries(elections)
      .map(([state, choices]) => `${state}: ${Object.entries(choices).map((pair) => pair.join(" ")).join(", ")}`)
      .join("; "),
  };
}

/** What the page of desk defaults edits, in a line: going back takes it along. */
export function describeRest(settings: DeskSettings): string {
  const { version: _, registrationPlace: __, elections: ___, docFee: ____, fees, ...figures } = settings;
  const named = (fees ?? []).map(({ name, amount }) => `${name} ${amount}`);
  return [...Object.entries(figures).map(([key, value]) => `${textOf(key)} ${String(value)}`), ...named].join(", ");
}
