import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { customRolesQuery, rolesQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import type { CustomRole, Role } from "@/api/types";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { CELL, HEAD, TABLE } from "@/ui/list-page";
import { Page } from "@/ui/page";
import { useShortcuts } from "@/ui/use-shortcuts";
import { PermissionTable } from "./permission-table";
import { RoleEditor } from "./role-editor";
import { beginningOf, inherited } from "./role-values";

type Open = { what: "new" } | { what: "edit"; id: string } | { what: "show"; role: Role } | undefined;

/** What each role may do, and the roles that the store made for itself. */
export function RolesPage() {
  const { data: predefined } = useSuspenseQuery(rolesQuery);
  const { data: own } = useSuspenseQuery(customRolesQuery);
  const mayEdit = may(useSession(), "role.edit");
  const [open, setOpen] = useState<Open>();
  useShortcuts(
    mayEdit && open?.what !== "new"
      ? [{ combos: ["n"], label: t("roles.new"), group: t("shortcuts.list"), run: () => setOpen({ what: "new" }), action: true }]
      : [],
  );
  const edited = open?.what === "edit" ? own.items.find(({ id }) => id === open.id) : undefined;
  const close = () => setOpen(undefined);
  return (
    <Page
      title={t("roles.title")}
      actions={
        mayEdit && (
          <Button look="primary" combo="n" disabled={open?.what === "new"} onClick={() => setOpen({ what: "new" })}>
            {t("roles.new")}
          </Button>
        )
      }
    >
      <p className="text-15 text-muted">{t("roles.lead")}</p>
      {open?.what === "new" && <RoleEditor key="new" roles={predefined} own={own.items} onDone={(role) => setOpen({ what: "edit", id: role.id })} onClose={close} />}
      {edited !== undefined && <RoleEditor key={edited.id} role={edited} roles={predefined} own={own.items} readOnly={!mayEdit} onClose={close} />}
      {open?.what === "show" && (
        <section aria-label={t("roles.permissions.of", { name: t(`role.${open.role}`) })} className="flex flex-col gap-2 rounded-sm border border-line p-3">
          <div className="flex items-center gap-2">
            <h2 className="text-15 font-semibold">{t("roles.permissions.of", { name: t(`role.${open.role}`) })}</h2>
            <div className="ml-auto">
              <Button look="quiet" onClick={close}>
                {t("word.close")}
              </Button>
            </div>
          </div>
          <PermissionTable permissions={predefined.permissions} reachOf={inherited({ role: open.role }, predefined.items, [])} />
        </section>
      )}
      <section aria-label={t("roles.own")} className="flex flex-col gap-2">
        <h2 className="text-15 font-semibold">{t("roles.own")}</h2>
        {own.items.length === 0 ? (
          <p className="text-muted">{t("roles.own.none")}</p>
        ) : (
          <table aria-label={t("roles.own")} className={TABLE}>
            <thead>
              <tr>
                <th scope="col" className={HEAD}>{t("roles.column.role")}</th>
                <th scope="col" className={HEAD}>{t("roles.column.begins")}</th>
                <th scope="col" className={`${HEAD} text-right`}>{t("roles.column.people")}</th>
                <th scope="col" className={HEAD}><span className="sr-only">{t("word.more")}</span></th>
              </tr>
            </thead>
            <tbody>
              {own.items.map((role) => (
                <OwnRole key={role.id} role={role} own={own.items} mayEdit={mayEdit} onEdit={() => setOpen({ what: "edit", id: role.id })} />
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section aria-label={t("roles.predefined")} className="flex flex-col gap-2">
        <h2 className="text-15 font-semibold">{t("roles.predefined")}</h2>
        <ul className="flex flex-wrap gap-2">
          {predefined.items.map(({ role }) => (
            <li key={role}>
              <Button aria-label={t("roles.show.of", { name: t(`role.${role}`) })} aria-pressed={open?.what === "show" && open.role === role} onClick={() => setOpen({ what: "show", role })}>
                {t(`role.${role}`)}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

function OwnRole({ role, own, mayEdit, onEdit }: { role: CustomRole; own: readonly CustomRole[]; mayEdit: boolean; onEdit: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      read(api.DELETE("/api/v1/admin/custom-roles/{id}", { params: { path: { id: role.id }, header: ifMatch(role.version) } })),
    onSuccess: () => announce(t("roles.removed", { name: role.name })),
    onSettled: () => queries.invalidateQueries({ queryKey: customRolesQuery.queryKey }),
  });
  const problem = remove.error === null ? undefined : problemText(asApiError(remove.error));
  const beginning = beginningOf(role);
  return (
    <tr>
      <td className={`${CELL} font-medium`}>
        {role.name}
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      </td>
      <td className={`${CELL} text-muted`}>
        {"role" in beginning ? t(`role.${beginning.role}`) : own.find(({ id }) => id === beginning.customRole)?.name}
      </td>
      <td className={`${CELL} text-right tabular-nums`}>{role.people}</td>
      <td className={`${CELL} text-right`}>
        <Button look="quiet" aria-label={t(mayEdit ? "roles.edit.of" : "roles.show.of", { name: role.name })} onClick={onEdit}>
          {t(mayEdit ? "roles.edit" : "roles.show")}
        </Button>
        {mayEdit && role.people === 0 && (
          <Button look="quiet" aria-label={t("roles.remove.of", { name: role.name })} disabled={remove.isPending} onClick={() => remove.mutate()}>
            {t("roles.remove")}
          </Button>
        )}
      </td>
    </tr>
  );
}
