import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { Team } from "@/api/types";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { CELL, HEAD, TABLE } from "@/ui/list-page";
import { NameTeam } from "./name-team";
import { teamsQuery } from "./query";

/** The teams, with how many people are in each. */
export function TeamList({ teams, mayEdit }: { teams: readonly Team[]; mayEdit: boolean }) {
  return (
    <table aria-label={t("nav.teams")} className={TABLE}>
      <thead>
        <tr>
          <th scope="col" className={HEAD}>{t("teams.column.team")}</th>
          <th scope="col" className={`${HEAD} text-right`}>{t("teams.column.people")}</th>
          {mayEdit && <th scope="col" className={HEAD}><span className="sr-only">{t("word.more")}</span></th>}
        </tr>
      </thead>
      <tbody>
        {teams.map((team) => (
          <TeamRow key={team.id} team={team} mayEdit={mayEdit} />
        ))}
      </tbody>
    </table>
  );
}

function TeamRow({ team, mayEdit }: { team: Team; mayEdit: boolean }) {
  const queries = useQueryClient();
  const [renaming, setRenaming] = useState(false);
  const remove = useMutation({
    mutationFn: () => read(api.DELETE("/api/v1/admin/teams/{id}", { params: { path: { id: team.id }, header: ifMatch(team.version) } })),
    onSuccess: () => announce(t("teams.removed", { name: team.name })),
    onSettled: () => queries.invalidateQueries({ queryKey: teamsQuery.queryKey }),
  });
  const problem = remove.error === null ? undefined : problemText(asApiError(remove.error));
  return (
    <tr>
      <td className={`${CELL} font-medium max-md:whitespace-normal`}>
        {team.name}
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      </td>
      <td className={`${CELL} text-right tabular-nums`}>{team.people}</td>
      {mayEdit && (
        <td className={`${CELL} text-right`}>
          <Button look="quiet" aria-label={t("teams.rename.of", { name: team.name })} onClick={() => setRenaming(true)}>
            {t("teams.rename")}
          </Button>
          {team.people === 0 && (
            <Button look="quiet" aria-label={t("teams.remove.of", { name: team.name })} disabled={remove.isPending} onClick={() => remove.mutate()}>
              {t("teams.remove")}
            </Button>
          )}
          {renaming && <NameTeam team={team} onClose={() => setRenaming(false)} />}
        </td>
      )}
    </tr>
  );
}
