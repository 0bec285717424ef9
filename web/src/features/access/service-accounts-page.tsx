import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { rolesQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import { KeyTable } from "./key-table";
import { allKeysQuery, serviceAccountsQuery, type ServiceAccount } from "./keys";
import { NewKey } from "./new-key";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { CELL, HEAD, ListPage, TABLE } from "@/ui/list-page";
import { useShortcuts } from "@/ui/use-shortcuts";
import { AddServiceAccount } from "./add-service-account";

const endAny = (id: string) => read(api.DELETE("/api/v1/admin/api-keys/{id}", { params: { path: { id } } }));

/** The programs that work for the store, and every key there is. */
export function ServiceAccountsPage() {
  const { items } = useSuspenseQuery(serviceAccountsQuery).data;
  const keys = useSuspenseQuery(allKeysQuery).data.items;
  const session = useSession();
  const [adding, setAdding] = useState(false);
  const [keyFor, setKeyFor] = useState<ServiceAccount>();
  const mayAdd = may(session, "user.create");
  const mayEnd = may(session, "user.set-role");
  useShortcuts(
    mayAdd && !adding
      ? [{ combos: ["n"], label: t("service.new"), group: t("shortcuts.list"), run: () => setAdding(true), action: true }]
      : [],
  );
  return (
    <ListPage
      title={t("service.title")}
      filters={null}
      action={
        mayAdd && (
          <Button look="primary" combo="n" onClick={() => setAdding(true)} disabled={adding}>
            {t("service.new")}
          </Button>
        )
      }
    >
      <p className="max-w-prose px-4 py-2 text-muted">{t("service.lead")}</p>
      {adding && <AddServiceAccount onClose={() => setAdding(false)} />}
      {keyFor !== undefined && <KeyFor key={keyFor.id} account={keyFor} onClose={() => setKeyFor(undefined)} />}
      {items.length === 0 ? (
        !adding && <Empty title={t("service.none")}>{t("service.none.hint")}</Empty>
      ) : (
        <table aria-label={t("service.title")} className={TABLE}>
          <thead>
            <tr>
              <th scope="col" className={HEAD}>{t("word.name")}</th>
              <th scope="col" className={`${HEAD} max-md:hidden`}>{t("service.purpose")}</th>
              <th scope="col" className={HEAD}>{t("service.role")}</th>
              <th scope="col" className={HEAD}><span className="sr-only">{t("service.key")}</span></th>
            </tr>
          </thead>
          <tbody>
            {items.map((account) => (
              <tr key={account.id}>
                <td className={`${CELL} whitespace-normal`}>
                  {account.name} {!account.active && <Badge tone="bad">{t("service.ended")}</Badge>}
                </td>
                <td className={`${CELL} whitespace-normal text-muted max-md:hidden`}>{account.purpose}</td>
                <td className={CELL}>{t(`role.${account.role}`)}</td>
                <td className={`${CELL} text-right`}>
                  {mayEnd && account.active && (
                    <Button look="quiet" aria-label={t("service.key.of", { name: account.name })} onClick={() => setKeyFor(account)}>
                      {t("service.key")}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {keys.length > 0 && (
        <>
          <h2 className="px-4 pt-5 pb-2 text-15 font-semibold">{t("service.keys")}</h2>
          <KeyTable label={t("service.keys")} keys={keys} end={mayEnd ? endAny : undefined} showOwner />
        </>
      )}
    </ListPage>
  );
}

/** A new key of a service account; it may do what the account's role may. */
function KeyFor({ account, onClose }: { account: ServiceAccount; onClose: () => void }) {
  const { items } = useSuspenseQuery(rolesQuery).data;
  const permissions = items.find(({ role }) => role === account.role)?.permissions.map(({ id }) => id) ?? [];
  return (
    <NewKey
      label={t("service.key.of", { name: account.name })}
      permissions={permissions}
      make={(body) => read(api.POST("/api/v1/admin/service-accounts/{id}/keys", { params: { path: { id: account.id } }, body }))}
      onClose={onClose}
    />
  );
}
