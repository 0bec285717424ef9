import "./texts";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef } from "react";
import { api, ifMatch, read } from "@/api/client";
import { problemText } from "@/api/problem-text";
import { may, refreshSession, useSession } from "@/api/session";
import type { Feature, Features } from "@/api/types";
import { useEntityForm } from "@/api/use-entity-form";
import { useSettingVersions } from "@/api/use-setting-versions";
import { formatMoment } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { CheckField } from "@/ui/field";
import { FormFrame, type Description } from "@/ui/form-frame";
import { Page } from "@/ui/page";
import { VersionList } from "@/ui/version-list";
import { featuresQuery } from "./query";

interface Values {
  off: readonly Feature[];
}

function valuesOf(features: Features | undefined): Values {
  return { off: (features?.items ?? []).filter(({ on }) => !on).map(({ id }) => id) };
}

/** The parts of the product that the store can do without, each with its switch. */
export function SwitchesPage() {
  const queries = useQueryClient();
  const session = useSession();
  const readOnly = !may(session, "settings.edit");
  const { data: features } = useSuspenseQuery(featuresQuery);
  const form = useEntityForm<Features, Values>({
    entity: features,
    toForm: valuesOf,
    save: ({ off }, version) =>
      read<Features>(api.PUT("/api/v1/admin/settings/features", { params: { header: ifMatch(version ?? 0) }, body: { off: [...off] } })),
    reload: () => queries.invalidateQueries({ queryKey: featuresQuery.queryKey }),
    onSaved: (saved) => queries.setQueryData(featuresQuery.queryKey, saved),
  });
  const versions = useSettingVersions<Values>("features", features.version, featuresQuery.queryKey);
  // The menus follow at once.
  const known = useRef(features.version);
  useEffect(() => {
    if (known.current === features.version) return;
    known.current = features.version;
    void refreshSession().catch(() => undefined);
  }, [features.version]);
  const { values, set, theirs } = form;
  const describe = ({ off }: Values): Description =>
    Object.fromEntries(features.items.map(({ id, title }) => [title, t(off.includes(id) ? "switches.off" : "switches.on")]));
  // In the order of the page, so that back and forth is no change.
  const turn = (feature: Feature, on: boolean) =>
    set({ off: features.items.map(({ id }) => id).filter((id) => (id === feature ? !on : values.off.includes(id))) });
  return (
    <Page title={t("nav.features")}>
      <p className="text-15 text-muted">{t("switches.lead")}</p>
      <FormFrame
        label={t("nav.features")}
        submitLabel={t("word.save")}
        onSubmit={form.submit}
        busy={form.busy}
        saved={form.saved}
        readOnly={readOnly}
        problem={problemText(form.error)}
        stale={theirs && { mine: describe(values), theirs: describe(theirs.values), keepMine: theirs.keepMine, takeTheirs: theirs.takeTheirs }}
      >
        <ul className="flex flex-col">
          {features.items.map(({ id, title, whenOff }) => (
            <Switch key={id} title={title} whenOff={whenOff} on={!values.off.includes(id)} onTurn={(on) => turn(id, on)} />
          ))}
        </ul>
      </FormFrame>
      <VersionList
        versions={versions.items.map(({ version, savedAt, savedBy, value }) => ({
          version,
          saved: savedAt == null ? undefined : formatMoment(savedAt, session.dealership.timeZone),
          by: savedBy ?? undefined,
          lines: describe(value),
        }))}
        onGoBack={readOnly ? undefined : versions.goBack}
        busy={versions.busy}
        problem={problemText(versions.error)}
      />
    </Page>
  );
}

function Switch({ title, whenOff, on, onTurn }: { title: string; whenOff: string; on: boolean; onTurn: (on: boolean) => void }) {
  const note = useId();
  return (
    <li className="flex flex-col gap-0.5 border-b border-line py-2">
      <CheckField label={title} checked={on} aria-describedby={note} onChange={(event) => onTurn(event.target.checked)} />
      <p id={note} className="pl-6 text-muted">
        {whenOff}
      </p>
    </li>
  );
}
