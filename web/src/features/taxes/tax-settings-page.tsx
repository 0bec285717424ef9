import "./texts";
import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, ifMatch, read } from "@/api/client";
import { problemText } from "@/api/problem-text";
import { deskSettingsQuery, ruleStatesQuery, stateRulesQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import type { DeskSettings } from "@/api/types";
import { useCounties } from "@/api/use-counties";
import { useEntityForm } from "@/api/use-entity-form";
import { useSettingVersions } from "@/api/use-setting-versions";
import { formatMoment } from "@/i18n/dates";
import { parseMoney } from "@/i18n/money";
import { t } from "@/i18n/text";
import { US_STATES } from "@/i18n/us-states";
import { ChoiceFields } from "@/ui/choice-fields";
import { FieldGroup, SelectField, TextField } from "@/ui/field";
import { FormFrame } from "@/ui/form-frame";
import { Page } from "@/ui/page";
import { PlaceFields } from "@/ui/place-fields";
import { VersionList } from "@/ui/version-list";
import { describeRest, describeTaxes, taxValues, taxWrite, withChoice, type Elections, type TaxSettingsValues } from "./tax-settings-values";

/** What every new deal takes for its taxes until somebody types otherwise. */
export function TaxSettingsPage() {
  const queries = useQueryClient();
  const { data: settings } = useSuspenseQuery(deskSettingsQuery);
  const session = useSession();
  const readOnly = !may(session, "settings.edit");
  const versions = useSettingVersions<DeskSettings>("desk", settings.version, deskSettingsQuery.queryKey);
  const [feeFault, setFeeFault] = useState(false);
  const form = useEntityForm<DeskSettings, TaxSettingsValues>({
    entity: settings,
    toForm: taxValues,
    save: (values, version) =>
      read<DeskSettings>(api.PUT("/api/v1/admin/settings/desk", { params: { header: ifMatch(version ?? 0) }, body: taxWrite(settings, values) })),
    reload: () => queries.invalidateQueries({ queryKey: deskSettingsQuery.queryKey }),
    onSaved: (saved) => queries.setQueryData(deskSettingsQuery.queryKey, saved),
  });
  const { values, set, theirs } = form;
  const counties = useCounties(values.place.state);
  return (
    <Page title={t("taxSettings.title")}>
      <p className="text-15 text-muted">{t("taxSettings.lead")}</p>
      <FormFrame
        label={t("taxSettings.title")}
        submitLabel={t("word.save")}
        onSubmit={() => {
          const unread = parseMoney(values.docFee) === undefined;
          setFeeFault(unread);
          if (!unread) form.submit();
        }}
        busy={form.busy}
        saved={form.saved}
        readOnly={readOnly}
        problem={problemText(form.error, ["/docFee", "/registrationPlace"])}
        stale={theirs && { mine: describeTaxes(values), theirs: describeTaxes(theirs.values), keepMine: theirs.keepMine, takeTheirs: theirs.takeTheirs }}
      >
        <FieldGroup title={t("settings.fees")}>
          <TextField
            label={t("settings.docFee")}
            hint={t("taxSettings.docFee.hint")}
            inputMode="decimal"
            value={values.docFee}
            onChange={(event) => set({ docFee: event.target.value })}
            error={feeFault ? t("invalid.money") : form.faultOf("/docFee")}
          />
          <p className="self-center text-muted">
            {t("taxSettings.fees.where")}{" "}
            <Link to="/admin/desk" className="text-accent underline underline-offset-2">
              {t("settings.title")}
            </Link>
          </p>
        </FieldGroup>
        <FieldGroup title={t("taxSettings.place")}>
          <p className="text-muted md:col-span-2">{t("taxSettings.place.hint")}</p>
          <PlaceFields value={values.place} onChange={(place) => set({ place })} counties={counties} disabled={readOnly} error={form.faultOf("/registrationPlace")} />
        </FieldGroup>
        <ElectionFields elections={values.elections} onChange={(elections) => set({ elections })} />
      </FormFrame>
      <VersionList
        versions={versions.items.map(({ version, savedAt, savedBy, value }) => ({
          version,
          saved: savedAt == null ? undefined : formatMoment(savedAt, session.dealership.timeZone),
          by: savedBy ?? undefined,
          lines: { ...describeTaxes(taxValues(value)), [t("settings.title")]: describeRest(value) },
        }))}
        onGoBack={readOnly ? undefined : versions.goBack}
        busy={versions.busy}
        problem={problemText(versions.error)}
      />
    </Page>
  );
}

/** A state at a time: its choices, and which states have any chosen. */
function ElectionFields({ elections, onChange }: { elections: Elections; onChange: (elections: Elections) => void }) {
  const supported = useQuery(ruleStatesQuery);
  const [state, setState] = useState(Object.keys(elections)[0] ?? "");
  const rules = useQuery({ ...stateRulesQuery(state), enabled: state !== "" });
  const chosen = Object.keys(elections).toSorted();
  return (
    <FieldGroup title={t("taxSettings.elections")}>
      <p className="text-muted md:col-span-2">
        {t("taxSettings.elections.hint")} {chosen.length > 0 && t("taxSettings.elections.made", { states: chosen.join(", ") })}
      </p>
      <SelectField
        label={t("taxSettings.elections.state")}
        value={state}
        onChange={(event) => setState(event.target.value)}
        choices={[
          { value: "", label: t("place.chooseState") },
          ...US_STATES.filter(({ code }) => supported.data?.items.some((item) => item.code === code)).map(({ code, name }) => ({ value: code, label: name })),
        ]}
      />
      {rules.data?.choices.length === 0 && <p className="self-end pb-1.5 text-muted">{t("taxSettings.elections.none", { state: rules.data.name })}</p>}
      {rules.isError && <p className="self-end pb-1.5 text-bad">{t("taxSettings.elections.failed")}</p>}
      <ChoiceFields
        choices={rules.data?.choices ?? []}
        chosen={elections[state] ?? {}}
        onChoose={(name, option) => onChange(withChoice(elections, state, name, option))}
      />
    </FieldGroup>
  );
}
