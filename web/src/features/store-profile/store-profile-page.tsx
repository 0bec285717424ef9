import "./texts";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { api, ifMatch, read } from "@/api/client";
import { problemText } from "@/api/problem-text";
import { letterheadQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import type { StoreProfile } from "@/api/types";
import { useCounties } from "@/api/use-counties";
import { useEntityForm } from "@/api/use-entity-form";
import { useSettingVersions } from "@/api/use-setting-versions";
import { formatMoment } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { TIME_ZONES } from "@/i18n/time-zones";
import { WEEKDAYS } from "@/i18n/weekdays";
import { FieldGroup, SelectField, TextField } from "@/ui/field";
import { FormFrame } from "@/ui/form-frame";
import { Page } from "@/ui/page";
import { PlaceFields } from "@/ui/place-fields";
import { VersionList } from "@/ui/version-list";
import { HoursFields } from "./hours-fields";
import { LogoField } from "./logo-field";
import { dayFaults, describeProfile, profileValues, profileWrite, type ProfileValues } from "./profile-values";

const POINTERS = ["/name", "/timeZone", "/phone", "/licenceNumbers", "/street", "/place", "/logo", ...WEEKDAYS.map((day) => `/hours/${day}`)];

/** What a store tells of itself. */
export function StoreProfilePage() {
  const queries = useQueryClient();
  const session = useSession();
  const readOnly = !may(session, "settings.edit");
  const { data: letterhead } = useSuspenseQuery(letterheadQuery);
  const again = () => queries.invalidateQueries({ queryKey: letterheadQuery.queryKey });
  const form = useEntityForm<StoreProfile, ProfileValues>({
    entity: letterhead,
    toForm: profileValues,
    save: (values, version) => read<StoreProfile>(api.PUT("/api/v1/admin/settings/profile", { params: { header: ifMatch(version ?? 0) }, body: profileWrite(values) })),
    reload: again,
    onSaved: () => void again(),
  });
  const versions = useSettingVersions<StoreProfile>("profile", letterhead.version, letterheadQuery.queryKey);
  const { values, set, theirs } = form;
  const counties = useCounties(values.place.state);
  const text = (key: "name" | "phone" | "licenceNumbers" | "street") => ({
    value: values[key],
    maxLength: 120,
    onChange: (event: { target: { value: string } }) => set({ [key]: event.target.value }),
    error: form.faultOf(`/${key}`),
  });
  const zones = TIME_ZONES.some((zone) => zone === values.timeZone) ? TIME_ZONES : [...TIME_ZONES, values.timeZone];
  return (
    <Page title={t("profile.title")}>
      <p className="text-15 text-muted">{t("profile.lead")}</p>
      <FormFrame
        label={t("profile.title")}
        submitLabel={t("word.save")}
        onSubmit={form.submit}
        busy={form.busy}
        saved={form.saved}
        readOnly={readOnly}
        problem={problemText(form.error, POINTERS)}
        stale={theirs && { mine: describeProfile(values), theirs: describeProfile(theirs.values), keepMine: theirs.keepMine, takeTheirs: theirs.takeTheirs }}
      >
        <FieldGroup title={t("profile.store")}>
          <TextField label={t("profile.name")} required {...text("name")} />
          <SelectField
            label={t("profile.timeZone")}
            hint={t("profile.timeZone.hint")}
            value={values.timeZone}
            onChange={(event) => set({ timeZone: event.target.value })}
            error={form.faultOf("/timeZone")}
            choices={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
          />
          <TextField label={t("profile.phone")} optional type="tel" {...text("phone")} />
          <TextField label={t("profile.licences")} hint={t("profile.licences.hint")} optional {...text("licenceNumbers")} />
        </FieldGroup>
        <FieldGroup title={t("profile.address")}>
          <TextField label={t("profile.street")} optional {...text("street")} />
          <PlaceFields value={values.place} onChange={(place) => set({ place })} counties={counties} disabled={readOnly} error={form.faultOf("/place")} />
        </FieldGroup>
        <FieldGroup title={t("profile.hours")}>
          <HoursFields hours={values.hours} onChange={(hours) => set({ hours })} fault={dayFaults(form.faultOf)} />
        </FieldGroup>
        <FieldGroup title={t("profile.logo")}>
          <LogoField
            store={values.name}
            logo={values.logo}
            saved={letterhead.logo != null && letterhead.picture != null ? { logo: letterhead.logo, picture: letterhead.picture } : undefined}
            onChange={(logo) => set({ logo })}
            readOnly={readOnly}
            error={form.faultOf("/logo")}
          />
        </FieldGroup>
      </FormFrame>
      <VersionList
        versions={versions.items.map(({ version, savedAt, savedBy, value }) => ({
          version,
          saved: savedAt == null ? undefined : formatMoment(savedAt, session.dealership.timeZone),
          by: savedBy ?? undefined,
          lines: describeProfile(profileValues(value)),
        }))}
        onGoBack={readOnly ? undefined : versions.goBack}
        busy={versions.busy}
        problem={problemText(versions.error)}
      />
    </Page>
  );
}
