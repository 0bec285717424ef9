import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asApiError } from "@/api/problem";
import { zipQuery } from "@/api/queries";
import type { LocalRate } from "@/api/types";
import { useCounties } from "@/api/use-counties";
import { formatPercent } from "@/i18n/money";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { CheckField, FieldGroup, TextField } from "@/ui/field";
import { PlaceFields } from "@/ui/place-fields";
import type { ExplorerValues } from "./explorer-values";

interface Props {
  values: ExplorerValues;
  date: string;
  onChange: (part: ExplorerValues) => void;
}

const isZip = (text: string | undefined): text is string => /^\d{5}$/.test(text ?? "");

/** Where the vehicle is registered, by ZIP or by name, and where the store stands. */
export function PlaceSection({ values, date, onChange }: Props) {
  const queries = useQueryClient();
  const counties = useCounties(values.state ?? "");
  const dealerCounties = useCounties(values.dealerState ?? "");
  const [elsewhere, setElsewhere] = useState(values.dealerState !== undefined);
  const zip = useQuery({ ...zipQuery(values.zip ?? "", date), enabled: isZip(values.zip) });
  const typeZip = async (text: string) => {
    onChange({ zip: text });
    if (!isZip(text)) return;
    const found = await queries.fetchQuery(zipQuery(text, date)).catch(() => undefined);
    if (found === undefined) return;
    onChange({ state: found.state, county: found.county, city: (found.resolved ? found.candidates[0]?.area : undefined) ?? "" });
  };
  const fault = zip.error === null ? undefined : asApiError(zip.error);
  const zipError = fault === undefined ? undefined : fault.status === 404 || fault.status === 422 ? t("taxes.zip.unknown") : fault.isOffline ? t("error.offline") : fault.message;
  return (
    <>
      <FieldGroup title={t("taxes.place")}>
        <TextField
          label={t("taxes.zip")}
          hint={t("taxes.zip.hint")}
          inputMode="numeric"
          maxLength={5}
          autoComplete="postal-code"
          data-first-input
          value={values.zip ?? ""}
          onChange={(event) => void typeZip(event.target.value.trim())}
          error={isZip(values.zip) ? zipError : undefined}
        />
        <PlaceFields
          hideZip
          value={{ state: values.state ?? "", county: values.county ?? "", city: values.city ?? "", zip: "" }}
          onChange={({ state, county, city }) => onChange({ state, county, city, ...(state !== (values.state ?? "") && { zip: "" }) })}
          counties={counties}
        />
        {zip.data !== undefined && isZip(values.zip) && !zip.data.resolved && (
          <Candidates found={zip.data} city={values.city ?? ""} onPick={(city) => onChange({ state: zip.data.state, county: zip.data.county, city })} />
        )}
        <div className="md:col-span-2">
          <CheckField
            label={t("taxes.dealerElsewhere")}
            checked={elsewhere}
            onChange={(event) => {
              setElsewhere(event.target.checked);
              if (!event.target.checked) onChange({ dealerState: "", dealerCounty: "", dealerCity: "" });
            }}
          />
        </div>
      </FieldGroup>
      {elsewhere && (
        <FieldGroup title={t("taxes.dealerPlace")}>
          <PlaceFields
            hideZip
            value={{ state: values.dealerState ?? "", county: values.dealerCounty ?? "", city: values.dealerCity ?? "", zip: "" }}
            onChange={({ state, county, city }) => onChange({ dealerState: state, dealerCounty: county, dealerCity: city })}
            counties={dealerCounties}
          />
        </FieldGroup>
      )}
    </>
  );
}

interface Found {
  zip: string;
  county: string;
  candidates: readonly { area?: string | null; rates: readonly LocalRate[] }[];
}

/** A ZIP that does not settle the rate: the address decides, and a person picks. */
function Candidates({ found, city, onPick }: { found: Found; city: string; onPick: (city: string) => void }) {
  const { zip, county, candidates } = found;
  if (candidates.length === 0) return <p className="text-wait md:col-span-2">{t("taxes.zip.noTable", { county })}</p>;
  return (
    <div role="group" aria-label={t("taxes.zip.several", { zip, county })} className="rounded-sm border-l-4 border-wait bg-wait-soft px-3 py-2 md:col-span-2">
      <p>{t("taxes.zip.several", { zip, county })}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        {candidates.map(({ area, rates }) => (
          <Button key={area ?? ""} aria-pressed={area != null && area === city} onClick={() => onPick(area ?? "")}>
            {area != null && area === city && <span aria-hidden>✓</span>}
            {area ?? t("taxes.zip.outside")}
            <span className="text-muted">{localRates(rates)}</span>
          </Button>
        ))}
      </div>
    </div>
  );
}

/** The levies side by side, not added up: which of them reach a deal is the engine's to say. */
function localRates(rates: readonly LocalRate[]): string {
  const shown = [...new Set(rates.map(({ rate }) => t("taxes.zip.local", { rate: formatPercent(rate) })))];
  return shown.length === 0 ? t("taxes.zip.noLocal") : shown.join(", ");
}
