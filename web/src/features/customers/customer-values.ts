import type { Customer, CustomerWrite } from "@/api/types";
import { formatPhone } from "@/i18n/phone";
import { t } from "@/i18n/text";
import type { Description } from "@/ui/form-frame";
import { placeOf, placeValue, type PlaceValue } from "@/ui/place-fields";

/** A customer as the form holds it: all text. */
export interface CustomerValues {
  firstName: string;
  lastName: string;
  phone: string;
  email: string;
  street: string;
  notes: string;
  /** Empty leaves what is on file as it is. */
  dateOfBirth: string;
  place: PlaceValue;
}

export function customerValues(customer: Customer | undefined): CustomerValues {
  return {
    firstName: customer?.firstName ?? "",
    lastName: customer?.lastName ?? "",
    phone: formatPhone(customer?.phone),
    email: customer?.email ?? "",
    street: customer?.street ?? "",
    notes: customer?.notes ?? "",
    dateOfBirth: "",
    place: placeValue(customer?.place ?? {}),
  };
}

/** Names from what was typed into a search: one word is the last name, as people are looked up. */
export function namesTyped(typed: string): { firstName: string; lastName: string } {
  const words = typed.split(/\s+/).filter((word) => word !== "").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const [firstName = "", ...rest] = words.length === 1 ? ["", ...words] : words;
  return { firstName, lastName: rest.join(" ") };
}

export function customerWrite({ firstName, lastName, place, ...optional }: CustomerValues): CustomerWrite {
  return { firstName: firstName.trim(), lastName: lastName.trim(), place: placeOf(place), ...filled(optional) };
}

/** Only what was filled in: absent means none. */
function filled(values: Record<string, string>): Partial<Record<"phone" | "email" | "street" | "notes" | "dateOfBirth", string>> {
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value.trim() === "" ? [] : [[key, value.trim()]])));
}

export function describeCustomer(values: CustomerValues): Description {
  return {
    [t("customer.firstName")]: values.firstName,
    [t("customer.lastName")]: values.lastName,
    [t("customer.phone")]: values.phone,
    [t("word.email")]: values.email,
    [t("place.street")]: values.street,
    [t("place.state")]: values.place.state,
    [t("place.county")]: values.place.county,
    [t("place.city")]: values.place.city,
    [t("place.zip")]: values.place.zip,
    [t("customer.notes")]: values.notes,
  };
}
