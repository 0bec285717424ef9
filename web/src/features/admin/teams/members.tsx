import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { usersQuery } from "@/api/queries";
import type { Team, User } from "@/api/types";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Badge } from "@/ui/badge";
import { Banner } from "@/ui/banner";
import { CELL, HEAD, TABLE } from "@/ui/list-page";
import { roleText } from "../roles";
import { teamsQuery } from "./query";

/** Who is in which team. Somebody whose access has ended is listed while they are in one: their deals stay in its reach. */
export function Members({ users, teams, mayEdit }: { users: readonly User[]; teams: readonly Team[]; mayEdit: boolean }) {
  return (
    <section aria-label={t("teams.members")} className="flex flex-col gap-2">
      <h2 className="text-15 font-semibold">{t("teams.members")}</h2>
      <table aria-label={t("teams.members")} className={TABLE}>
        <thead>
          <tr>
            <th scope="col" className={HEAD}>{t("word.name")}</th>
            <th scope="col" className={`${HEAD} max-md:hidden`}>{t("people.column.role")}</th>
            <th scope="col" className={HEAD}>{t("teams.column.team")}</th>
          </tr>
        </thead>
        <tbody>
          {users
            .filter(({ active, team }) => active || team != null)
            .map((user) => (
              <Member key={user.id} user={user} teams={teams} mayEdit={mayEdit} />
            ))}
        </tbody>
      </table>
    </section>
  );
}

function Member({ user, teams, mayEdit }: { user: User; teams: readonly Team[]; mayEdit: boolean }) {
  const queries = useQueryClient();
  const put = useMutation({
    mutationFn: (team: string | null) =>
      read<User>(api.PUT("/api/v1/admin/users/{id}/team", { params: { path: { id: user.id }, header: ifMatch(user.version) }, body: { team } })),
    onSuccess: ({ name, team }) => announce(team == null ? t("teams.moved.out", { name }) : t("teams.moved", { name, team: team.name })),
    onSettled: () => Promise.all([usersQuery, teamsQuery].map(({ queryKey }) => queries.invalidateQueries({ queryKey }))),
  });
  const problem = put.error === null ? undefined : problemText(asApiError(put.error));
  return (
    <tr>
      <td className={`${CELL} max-md:whitespace-normal`}>
        {user.name} {!user.active && <Badge tone="bad">{t("people.ended")}</Badge>}
      </td>
      <td className={`${CELL} text-muted max-md:hidden`}>{roleText(user)}</td>
      <td className={CELL}>
        {mayEdit ? (
          <select
            aria-label={t("teams.team.of", { name: user.name })}
            value={user.team?.id ?? ""}
            disabled={put.isPending}
            onChange={(event) => put.mutate(event.target.value === "" ? null : event.target.value)}
            className="touchable h-7 max-w-60 rounded-sm border border-edge bg-raised px-1 max-md:max-w-36"
          >
            <option value="">{t("teams.nobodys")}</option>
            {teams.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          (user.team?.name ?? <span className="text-muted">{t("teams.nobodys")}</span>)
        )}
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      </td>
    </tr>
  );
}
