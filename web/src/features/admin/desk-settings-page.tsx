import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ifMatch, read } from "@/api/client";
import { problemText } from "@/api/problem-text";
import { deskSettingsQuery } from "@/api/queries";
import { may, offers, useSession } from "@/api/session";
import type { DeskSettings } from "@/api/types";
import { useEntityForm } from "@/api/use-entity-form";
import { useSettingVersions } from "@/api/use-setting-versions";
import { formatMoment } from "@/i18n/dates";
import { t, type TextKey } from "@/i18n/text";
import { FieldGroup, TextField } from "@/ui/field";
import { FormFrame } from "@/ui/form-frame";
import { Page } from "@/ui/page";
import { VersionList } from "@/ui/version-list";
import { describeDesk, deskFaults, deskValues, deskWrite, LABELS, TEXT_KEYS, type DeskValues, type TextField as Key } from "./desk-values";
import { FeeLines } from "./fee-lines";

/** What the tax settings' page edits goes back as it was read. */
function taxPart({ registrationPlace, elections }: DeskSettings) {
  return { ...(registrationPlace != null && { registrationPlace }), ...(elections !== undefined && { elections }) };
}

/** The same in a line, for the list of versions. */
function taxLine({ registrationPlace: place, elections }: DeskSettings): string {
  const chosen = Object.entries(elections ?? {}).map(([state, choices]) => `${state}: ${Object.values(choices).join(", ")}`);
  return [place == null ? "" : [place.city, place.county, place.state, place.zip].filter(Boolean).join(", "), ...chosen].filter(Boolean).join("; ");
}

/** What the first pencil of every deal begins with. */
export function DeskSettingsPage() {
  const queries = useQueryClient();
  const { data: settings } = useSuspenseQuery(deskSettingsQuery);
  const session = useSession();
  const readOnly = !may(session, "settings.edit");
  const versions = useSettingVersions<DeskSettings>("desk", settings.version, deskSettingsQuery.queryKey);
  const [faults, setFaults] = useState<Record<string, TextKey>>({});
  const form = useEntityForm<DeskSettings, DeskValues>({
    entity: settings,
    toForm: deskValues,
    save: (values, version) =>
      read<DeskSettings>(
        api.PUT("/api/v1/admin/settings/desk", { params: { header: ifMatch(version ?? 0) }, body: { ...taxPart(settings), ...deskWrite(values) } }),
      ),
    reload: () => queries.invalidateQueries({ queryKey: deskSettingsQuery.queryKey }),
    onSaved: (saved) => queries.setQueryData(deskSettingsQuery.queryKey, saved),
  });
  const { values, set, theirs } = form;
  const faultAt = (pointer: string) => {
    const fault = faults[pointer];
    return fault === undefined ? form.faultOf(pointer) : t(fault);
  };
  const field = (key: Key) => ({
    label: t(LABELS[key]),
    inputMode: "decimal" as const,
    value: values[key],
    onChange: (event: { target: { value: string } }) => set({ [key]: event.target.value }),
    error: faultAt(`/${key}`),
  });
  return (
    <Page title={t("settings.title")}>
      <p className="text-15 text-muted">{t("settings.lead")}</p>
      <FormFrame
        label={t("settings.title")}
        submitLabel={t("word.save")}
        onSubmit={() => {
          const found = deskFaults(values);
          setFaults(found);
          if (Object.keys(found).length === 0) form.submit();
        }}
        busy={form.busy}
        saved={form.saved}
        readOnly={readOnly}
        problem={problemText(form.error, TEXT_KEYS.map((key) => `/${key}`))}
        stale={
          theirs && {
            mine: describeDesk(values),
            theirs: describeDesk(theirs.values),
            keepMine: theirs.keepMine,
            takeTheirs: theirs.takeTheirs,
          }
        }
      >
        <FieldGroup title={t("settings.fees")}>
          <TextField hint={t("settings.docFee.hint")} {...field("docFee")} />
          <TextField {...field("pack")} />
          <FeeLines fees={values.fees} onChange={(fees) => set({ fees })} faultAt={faultAt} readOnly={readOnly} />
        </FieldGroup>
        <FieldGroup title={t("settings.finance")}>
          <TextField optional {...field("financeTermMonths")} />
          <TextField optional {...field("financeRate")} />
        </FieldGroup>
        {/* What a store that leases again finds as it was. */}
        {offers(session, "leases") && (
          <FieldGroup title={t("settings.lease")}>
            <TextField optional {...field("leaseTermMonths")} />
            <TextField optional {...field("leaseMoneyFactor")} />
            <TextField optional {...field("leaseResidualPercent")} />
            <TextField optional {...field("acquisitionFee")} />
            <TextField optional {...field("annualMiles")} />
          </FieldGroup>
        )}
      </FormFrame>
      <VersionList
        versions={versions.items.map(({ version, savedAt, savedBy, value }) => ({
          version,
          saved: savedAt == null ? undefined : formatMoment(savedAt, session.dealership.timeZone),
          by: savedBy ?? undefined,
          lines: { ...describeDesk(deskValues(value)), [t("nav.taxSettings")]: taxLine(value) },
        }))}
        onGoBack={readOnly ? undefined : versions.goBack}
        busy={versions.busy}
        problem={problemText(versions.error)}
      />
    </Page>
  );
}
