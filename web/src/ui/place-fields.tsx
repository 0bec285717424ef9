import { t } from "@/i18n/text";
import { US_STATES } from "@/i18n/us-states";
import { SelectField, TextField, type Choice } from "./field";

export interface PlaceValue {
  state: string;
  county: string;
  city: string;
  zip: string;
}

interface Props {
  value: PlaceValue;
  onChange: (place: PlaceValue) => void;
  counties: readonly { name: string; areas: readonly string[] }[];
  disabled?: boolean;
  error?: string | undefined;
  /** Where the ZIP has a field of its own. */
  hideZip?: boolean;
}

/** State, county, city and ZIP, each narrowing the next. */
export function PlaceFields({ value, onChange, counties, disabled = false, error, hideZip = false }: Props) {
  const areas = counties.find((county) => county.name === value.county)?.areas ?? [];
  return (
    <>
      <SelectField
        label={t("place.state")}
        disabled={disabled}
        error={error}
        value={value.state}
        onChange={(event) => onChange({ ...value, state: event.target.value, county: "", city: "" })}
        choices={[
          { value: "", label: t("place.chooseState") },
          ...US_STATES.map(({ code, name }) => ({ value: code, label: name })),
        ]}
      />
      {counties.length > 0 ? (
        <SelectField
          label={t("place.county")}
          disabled={disabled}
          value={value.county}
          onChange={(event) => onChange({ ...value, county: event.target.value, city: "" })}
          choices={withCurrent(value.county, [{ value: "", label: t("place.chooseCounty") }, ...counties.map(nameChoice)])}
        />
      ) : (
        <TextField
          label={t("place.county")}
          disabled={disabled}
          value={value.county}
          onChange={(event) => onChange({ ...value, county: event.target.value })}
        />
      )}
      {areas.length > 0 ? (
        <SelectField
          label={t("place.area")}
          disabled={disabled}
          value={value.city}
          onChange={(event) => onChange({ ...value, city: event.target.value })}
          choices={withCurrent(value.city, [
            { value: "", label: t("place.chooseArea") },
            ...areas.map((area) => ({ value: area, label: area })),
          ])}
        />
      ) : (
        <TextField
          label={t("place.city")}
          disabled={disabled}
          value={value.city}
          onChange={(event) => onChange({ ...value, city: event.target.value })}
        />
      )}
      {!hideZip && (
        <TextField
          label={t("place.zip")}
          inputMode="numeric"
          disabled={disabled}
          value={value.zip}
          onChange={(event) => onChange({ ...value, zip: event.target.value })}
        />
      )}
    </>
  );
}

function nameChoice({ name }: { name: string }): Choice {
  return { value: name, label: name };
}

/** Keeps a value that the list does not know, so that it is shown and not silently changed. */
function withCurrent(value: string, choices: Choice[]): Choice[] {
  return choices.some((choice) => choice.value === value) ? choices : [...choices, { value, label: value }];
}

export function placeValue(place: { state?: string | null; county?: string | null; city?: string | null; zip?: string | null }): PlaceValue {
  return { state: place.state ?? "", county: place.county ?? "", city: place.city ?? "", zip: place.zip ?? "" };
}

/** As it goes to the server: what is empty is left out. */
export function placeOf({ state, county, city, zip }: PlaceValue) {
  return { state, ...(county && { county }), ...(city && { city }), ...(zip && { zip }) };
}
