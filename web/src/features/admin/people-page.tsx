import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, idempotent, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { invitationsQuery, usersQuery } from "@/api/queries";
import { may, offers, useSession } from "@/api/session";
import type { User } from "@/api/types";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { CELL, HEAD, ListPage, TABLE } from "@/ui/list-page";
import { useShortcuts } from "@/ui/use-shortcuts";
import { AddPerson } from "./add-person";
import { EndAccess } from "./end-access";
import { LockedPeople } from "./locked-people";
import { Registrations } from "./registrations";
import { RenamePerson } from "./rename-person";
import { givenRole, roleText, roleValue, useRoleChoices } from "./roles";

/** Who works in the store, and as what. */
export function PeoplePage() {
  const { data } = useSuspenseQuery(usersQuery);
  const session = useSession();
  const [adding, setAdding] = useState(false);
  const mayAdd = may(session, "user.create");
  const invited = new Set(useQuery(invitationsQuery).data?.items.map((invitation) => invitation.personId));
  useShortcuts(
    mayAdd && !adding
      ? [{ combos: ["n"], label: t("people.add"), group: t("shortcuts.list"), run: () => setAdding(true), action: true }]
      : [],
  );
  return (
    <ListPage
      title={t("people.title")}
      filters={
        mayAdd &&
        offers(session, "people-import") && (
          <Link to="/admin/people/import" className="touchable inline-flex items-center underline">
            {t("people.import")}
          </Link>
        )
      }
      action={
        mayAdd && (
          <Button look="primary" combo="n" onClick={() => setAdding(true)} disabled={adding}>
            {t("people.add")}
          </Button>
        )
      }
    >
      <LockedPeople users={data.items} />
      {adding && <AddPerson onClose={() => setAdding(false)} />}
      <table aria-label={t("people.title")} className={TABLE}>
        <thead>
          <tr>
            <th scope="col" className={HEAD}>{t("word.name")}</th>
            <th scope="col" className={`${HEAD} max-md:hidden`}>{t("word.email")}</th>
            <th scope="col" className={HEAD}>{t("people.column.role")}</th>
            <th scope="col" className={HEAD}><span className="sr-only">{t("people.column.access")}</span></th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((user) => (
            <PersonRow key={user.id} user={user} people={data.items} isInvited={invited.has(user.id)} isYou={user.id === session.person.id} />
          ))}
        </tbody>
      </table>
      <Registrations />
    </ListPage>
  );
}

function PersonRow({ user, people, isInvited, isYou }: { user: User; people: readonly User[]; isInvited: boolean; isYou: boolean }) {
  const queries = useQueryClient();
  const session = useSession();
  const [ending, setEnding] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const choices = useRoleChoices();
  const setRole = useMutation({
    mutationFn: (value: string) =>
      read<User>(
        api.PUT("/api/v1/admin/users/{id}/role", {
          params: { path: { id: user.id }, header: ifMatch(user.version) },
          body: givenRole(value),
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
  const restore = useMutation({
    mutationFn: () =>
      read<User>(
        api.POST("/api/v1/admin/users/{id}/reactivate", {
          params: { path: { id: user.id }, header: ifMatch(user.version) },
          body: {},
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
  const invite = useMutation({
    mutationFn: () =>
      read(api.POST("/api/v1/admin/users/{id}/invite", { params: { path: { id: user.id }, header: idempotent(crypto.randomUUID()) } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: invitationsQuery.queryKey });
      announce(t("people.invited.done", { name: user.name }));
    },
  });
  const error = setRole.error ?? restore.error ?? invite.error;
  const problem = error === null ? undefined : problemText(asApiError(error));
  return (
    <tr>
      <td className={CELL}>
        {user.name} {isYou && <Badge>{t("people.you")}</Badge>}
        {!user.active && <Badge tone="bad">{t("people.ended")}</Badge>}
        {user.active && isInvited && <Badge tone="wait">{t("people.invited")}</Badge>}
        <span className="block max-w-36 truncate text-12 leading-4 text-muted md:hidden">{user.email}</span>
      </td>
      <td className={`${CELL} text-muted max-md:hidden`}>{user.email}</td>
      <td className={CELL}>
        {may(session, "user.set-role") && !isYou ? (
          <select
            aria-label={t("people.role.of", { name: user.name })}
            value={roleValue(user)}
            disabled={setRole.isPending}
            onChange={(event) => setRole.mutate(event.target.value)}
            className="touchable h-7 max-w-44 max-md:max-w-28 rounded-sm border border-edge bg-raised px-1"
          >
            {choices.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        ) : (
          roleText(user)
        )}
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      </td>
      <td className={`${CELL} text-right`}>
        {may(session, "user.set-role") && (
          <div className="flex flex-col items-end md:flex-row md:justify-end">
            <Button look="quiet" aria-label={t("people.rename.of", { name: user.name })} onClick={() => setRenaming(true)}>
              {t("people.rename")}
            </Button>
            {!isYou && user.active && isInvited && (
              <Button look="quiet" aria-label={t("people.invite.again.of", { name: user.name })} disabled={invite.isPending} onClick={() => invite.mutate()}>
                {t("people.invite.again")}
              </Button>
            )}
            {!isYou && (
              <Button
                look="quiet"
                aria-label={t(user.active ? "people.end.of" : "people.restore.of", { name: user.name })}
                disabled={restore.isPending}
                onClick={() => (user.active ? setEnding(true) : restore.mutate())}
              >
                {t(user.active ? "people.end" : "people.restore")}
              </Button>
            )}
          </div>
        )}
        {renaming && <RenamePerson user={user} onClose={() => setRenaming(false)} />}
        {ending && <EndAccess user={user} people={people} onClose={() => setEnding(false)} />}
      </td>
    </tr>
  );
}
