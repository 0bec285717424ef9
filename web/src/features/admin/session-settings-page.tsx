import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { sessionSettingsQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import type { SessionSettings } from "@/api/types";
import { useEntityForm } from "@/api/use-entity-form";
import { useSettingVersions } from "@/api/use-setting-versions";
import { formatMoment } from "@/i18n/dates";
import { plural, t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { FieldGroup, TextField } from "@/ui/field";
import { FormFrame } from "@/ui/form-frame";
import { Page } from "@/ui/page";
import { VersionList } from "@/ui/version-list";

interface Values {
  idleMinutes: string;
  absoluteHours: string;
}

const POINTERS = ["/idleMinutes", "/absoluteHours"];

/** A whole number as typed; the server says what it takes of everything else. */
function number(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : 0;
}

function sessionValues(entity: SessionSettings | undefined): Values {
  return { idleMinutes: String(entity?.idleMinutes ?? ""), absoluteHours: String(entity?.absoluteHours ?? "") };
}

/** How long the store's people stay signed in, and the end of all their sessions. */
export function SessionSettingsPage() {
  const queries = useQueryClient();
  const session = useSession();
  const { data: settings } = useSuspenseQuery(sessionSettingsQuery);
  const form = useEntityForm<SessionSettings, Values>({
    entity: settings,
    toForm: sessionValues,
    save: ({ idleMinutes, absoluteHours }, version) =>
      read<SessionSettings>(
        api.PUT("/api/v1/admin/settings/sessions", {
          params: { header: ifMatch(version ?? 0) },
          body: { idleMinutes: number(idleMinutes), absoluteHours: number(absoluteHours) },
        }),
      ),
    reload: () => queries.invalidateQueries({ queryKey: sessionSettingsQuery.queryKey }),
    onSaved: (saved) => queries.setQueryData(sessionSettingsQuery.queryKey, saved),
  });
  const versions = useSettingVersions<SessionSettings>("sessions", settings.version, sessionSettingsQuery.queryKey);
  const { values, set, theirs } = form;
  const describe = ({ idleMinutes, absoluteHours }: Values) => ({ [t("sessionSettings.idle")]: idleMinutes, [t("sessionSettings.absolute")]: absoluteHours });
  return (
    <Page title={t("sessionSettings.title")}>
      <FormFrame
        label={t("sessionSettings.title")}
        submitLabel={t("word.save")}
        onSubmit={form.submit}
        busy={form.busy}
        saved={form.saved}
        readOnly={!may(session, "settings.edit")}
        problem={problemText(form.error, POINTERS)}
        stale={theirs && { mine: describe(values), theirs: describe(theirs.values), keepMine: theirs.keepMine, takeTheirs: theirs.takeTheirs }}
      >
        <FieldGroup title={t("sessionSettings.limits")}>
          <TextField
            label={t("sessionSettings.idle")}
            hint={t("sessionSettings.idle.hint")}
            inputMode="numeric"
            value={values.idleMinutes}
            onChange={(event) => set({ idleMinutes: event.target.value })}
            error={form.faultOf("/idleMinutes")}
          />
          <TextField
            label={t("sessionSettings.absolute")}
            hint={t("sessionSettings.absolute.hint")}
            inputMode="numeric"
            value={values.absoluteHours}
            onChange={(event) => set({ absoluteHours: event.target.value })}
            error={form.faultOf("/absoluteHours")}
          />
        </FieldGroup>
      </FormFrame>
      <VersionList
        versions={versions.items.map(({ version, savedAt, savedBy, value }) => ({
          version,
          saved: savedAt == null ? undefined : formatMoment(savedAt, session.dealership.timeZone),
          by: savedBy ?? undefined,
          lines: describe(sessionValues(value)),
        }))}
        onGoBack={may(session, "settings.edit") ? versions.goBack : undefined}
        busy={versions.busy}
        problem={problemText(versions.error)}
      />
      {may(session, "user.set-role") && <SignStoreOut store={session.dealership.name} />}
    </Page>
  );
}

function SignStoreOut({ store }: { store: string }) {
  const [reason, setReason] = useState("");
  const end = useMutation({
    mutationFn: () => read(api.POST("/api/v1/admin/sessions/end-all", { body: { reason: reason.trim() } })),
    onSuccess: () => setReason(""),
  });
  const error = end.error === null ? undefined : asApiError(end.error);
  const problem = problemText(error, ["/reason"]);
  return (
    <form
      aria-label={t("storeSignOut.title")}
      onSubmit={(event) => {
        event.preventDefault();
        if (!end.isPending) end.mutate();
      }}
      className="flex flex-col gap-3 border-t border-line pt-4"
    >
      <h2 className="text-18 font-semibold">{t("storeSignOut.title")}</h2>
      <p className="text-muted">{t("storeSignOut.text", { store })}</p>
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      <TextField
        label={t("storeSignOut.reason")}
        hint={t("storeSignOut.reason.hint")}
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        error={error?.fields.find(({ pointer }) => pointer === "/reason")?.detail}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="danger" disabled={end.isPending}>
          {t("storeSignOut.action")}
        </Button>
        <span role="status" className="text-good">
          {end.data !== undefined && `✓ ${plural("storeSignOut.done", end.data.sessions)}`}
        </span>
      </div>
    </form>
  );
}
