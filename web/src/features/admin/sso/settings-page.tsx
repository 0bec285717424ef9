import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ifMatch, read } from "@/api/client";
import { problemText } from "@/api/problem-text";
import { may, useSession } from "@/api/session";
import { useEntityForm } from "@/api/use-entity-form";
import { useRoleChoices } from "../roles";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { CheckField, FieldGroup, SelectField, TextField } from "@/ui/field";
import { FormFrame } from "@/ui/form-frame";
import { Page } from "@/ui/page";
import { RoleRules } from "./role-rules";
import { Trial } from "./trial";
import { singleSignOnQuery } from "./query";
import { valuesOf, writeOf, type SingleSignOn, type Values } from "./values";

/** With which provider the store's people sign in, and what is believed of what it says. */
export function SingleSignOnPage() {
  const queries = useQueryClient();
  const session = useSession();
  const { data: settings } = useSuspenseQuery(singleSignOnQuery);
  const roles = useRoleChoices().filter(({ value }) => value !== "group_administrator");
  const form = useEntityForm<SingleSignOn, Values>({
    entity: settings,
    toForm: valuesOf,
    save: (values, version) =>
      read<SingleSignOn>(api.PUT("/api/v1/admin/settings/single-sign-on", { params: { header: ifMatch(version ?? 0) }, body: writeOf(values) })),
    reload: () => queries.invalidateQueries({ queryKey: singleSignOnQuery.queryKey }),
    onSaved: (saved) => queries.setQueryData(singleSignOnQuery.queryKey, saved),
  });
  const { values, set, theirs, faultOf } = form;
  const hostFault = form.error?.fields.find(({ pointer }) => pointer.startsWith("/hosts"));
  const shown = ["/issuer", "/clientId", "/clientSecret", "/roleClaim", ...(form.error?.fields ?? []).map(({ pointer }) => pointer).filter((pointer) => /^\/(hosts|roleRules|otherRole)\b/.test(pointer))];
  const text = (key: "issuer" | "clientId" | "roleClaim") => ({
    value: values[key],
    onChange: (event: { target: { value: string } }) => set({ [key]: event.target.value }),
    error: faultOf(`/${key}`),
  });
  const roleText = (value: string) => roles.find((role) => role.value === value)?.label ?? t("sso.other.none");
  const hasSecret = settings.connection?.hasSecret === true;
  return (
    <Page title={t("sso.title")}>
      <p className="text-muted">{t("sso.lead")}</p>
      <RedirectUri uri={settings.redirectUri} />
      <FormFrame
        label={t("sso.title")}
        submitLabel={t("word.save")}
        onSubmit={form.submit}
        busy={form.busy}
        saved={form.saved}
        readOnly={!may(session, "user.set-role")}
        problem={problemText(form.error, shown)}
        stale={theirs && { mine: describe(values, roleText), theirs: describe(theirs.values, roleText), keepMine: theirs.keepMine, takeTheirs: theirs.takeTheirs }}
      >
        <FieldGroup title={t("sso.provider")}>
          <TextField label={t("sso.issuer")} hint={t("sso.issuer.hint")} inputMode="url" {...text("issuer")} />
          <TextField label={t("sso.clientId")} {...text("clientId")} />
          <TextField
            label={t("sso.secret")}
            type="password"
            autoComplete="new-password"
            hint={t(hasSecret ? "sso.secret.kept" : "sso.secret.none")}
            disabled={values.removeSecret}
            value={values.secret}
            onChange={(event) => set({ secret: event.target.value })}
            error={faultOf("/clientSecret")}
          />
          <TextField label={t("sso.hosts")} hint={t("sso.hosts.hint")} value={values.hosts} onChange={(event) => set({ hosts: event.target.value })} error={hostFault?.detail} />
          {hasSecret && <CheckField label={t("sso.secret.remove")} checked={values.removeSecret} onChange={(event) => set({ removeSecret: event.target.checked })} />}
          {may(session, "user.set-role") && <Trial key={values.issuer} issuer={values.issuer.trim()} />}
        </FieldGroup>
        <FieldGroup title={t("sso.roles")}>
          <TextField label={t("sso.claim")} hint={t("sso.claim.hint")} optional {...text("roleClaim")} />
          <SelectField
            label={t(values.roleClaim.trim() === "" ? "sso.other.first" : "sso.other")}
            value={values.otherRole}
            onChange={(event) => set({ otherRole: event.target.value })}
            choices={[{ value: "", label: t("sso.other.none") }, ...roles]}
            error={faultOf("/otherRole/role") ?? faultOf("/otherRole/customRole")}
          />
          {(values.roleClaim.trim() !== "" || values.rules.length > 0) && <RoleRules rules={values.rules} onChange={(rules) => set({ rules })} faultOf={faultOf} />}
        </FieldGroup>
        <FieldGroup title={t("sso.use")}>
          <CheckField label={t("sso.active")} checked={values.active} onChange={(event) => set({ active: event.target.checked })} />
          <div>
            <CheckField label={t("sso.passwords")} checked={values.passwords} onChange={(event) => set({ passwords: event.target.checked })} />
            <p className="text-12 text-muted">{t("sso.passwords.hint")}</p>
          </div>
        </FieldGroup>
      </FormFrame>
    </Page>
  );
}

function RedirectUri({ uri }: { uri: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className="flex flex-col gap-1">
      <h2 className="text-muted">{t("sso.redirect")}</h2>
      <div className="flex flex-wrap items-center gap-3">
        <code className="break-all">{uri}</code>
        <Button onClick={() => void navigator.clipboard.writeText(uri).then(() => setCopied(true))}>{t("sso.copy")}</Button>
        <span role="status" className="text-good">{copied && `✓ ${t("sso.copied")}`}</span>
      </div>
    </div>
  );
}

/** The form as lines; a secret is never shown, only that another one was typed. */
function describe({ rules, secret, removeSecret, ...values }: Values, roleText: (value: string) => string) {
  const yes = (value: boolean) => (value ? "✓" : "");
  return {
    [t("sso.issuer")]: values.issuer,
    [t("sso.clientId")]: values.clientId,
    [t("sso.secret")]: removeSecret ? "–" : "•".repeat(Math.min(secret.length, 1)),
    [t("sso.hosts")]: values.hosts,
    [t("sso.claim")]: values.roleClaim,
    [t("sso.rule")]: rules.map(({ value, role }) => `${value} → ${roleText(role)}`).join("; "),
    [t("sso.other")]: roleText(values.otherRole),
    [t("sso.active")]: yes(values.active),
    [t("sso.passwords")]: yes(values.passwords),
  };
}
