import type { Letterhead, StoreProfile, StoreProfileWrite } from "@/api/types";
import { t } from "@/i18n/text";
import { hoursLine, WEEKDAYS, weekdayName, type Weekday } from "@/i18n/weekdays";
import type { Description } from "@/ui/form-frame";
import { placeOf, placeValue, type PlaceValue } from "@/ui/place-fields";

export interface ProfileValues {
  name: string;
  timeZone: string;
  phone: string;
  licenceNumbers: string;
  street: string;
  place: PlaceValue;
  hours: Record<Weekday, { open: boolean; opens: string; closes: string }>;
  logo: string;
}

/** What a day begins with when somebody opens it. */
const USUAL = { opens: "09:00", closes: "18:00" };

export function profileValues(profile: StoreProfile | Letterhead | StoreProfileWrite | undefined): ProfileValues {
  const given = profile?.hours ?? {};
  const day = (name: Weekday) => ({ open: given[name] !== undefined, ...USUAL, ...given[name] });
  return {
    name: profile?.name ?? "",
    timeZone: profile?.timeZone ?? "",
    phone: profile?.phone ?? "",
    licenceNumbers: profile?.licenceNumbers ?? "",
    street: profile?.street ?? "",
    place: placeValue(profile?.place ?? {}),
    hours: Object.fromEntries(WEEKDAYS.map((name) => [name, day(name)])) as ProfileValues["hours"],
    logo: profile?.logo ?? "",
  };
}

/** As it goes to the server: what is empty is left out. */
export function profileWrite({ name, timeZone, phone, licenceNumbers, street, place, hours, logo }: ProfileValues): StoreProfileWrite {
  const text = { phone: phone.trim(), licenceNumbers: licenceNumbers.trim(), street: street.trim(), logo };
  return {
    name,
    timeZone,
    place: placeOf(place),
    hours: Object.fromEntries(WEEKDAYS.filter((day) => hours[day].open).map((day) => [day, { opens: hours[day].opens, closes: hours[day].closes }])),
    ...Object.fromEntries(Object.entries(text).filter(([, value]) => value !== "")),
  };
}

export function describeProfile(values: ProfileValues): Description {
  const { hours } = profileWrite(values);
  return {
    [t("profile.name")]: values.name,
    [t("profile.timeZone")]: values.timeZone,
    [t("profile.phone")]: values.phone,
    [t("profile.licences")]: values.licenceNumbers,
    [t("profile.address")]: [values.street, values.place.city, values.place.county, values.place.state, values.place.zip].filter(Boolean).join(", "),
    [t("profile.hours")]: hoursLine(hours ?? {}),
    [t("profile.logo")]: values.logo === "" ? t("profile.logo.none") : values.logo.slice(0, 8),
  };
}

/** The days whose hours the server refuses, told as a whole. */
export function dayFaults(faultOf: (pointer: string) => string | undefined): string | undefined {
  const told = WEEKDAYS.flatMap((day) => {
    const fault = faultOf(`/hours/${day}`);
    return fault === undefined ? [] : [`${weekdayName(day)}: ${fault}`];
  });
  return told.length === 0 ? undefined : told.join("; ");
}
