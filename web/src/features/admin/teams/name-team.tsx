import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, idempotent, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { usersQuery } from "@/api/queries";
import type { Team } from "@/api/types";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/field";
import { teamsQuery } from "./query";

/** Makes a team, or calls one something else. */
export function NameTeam({ team, onClose }: { team?: Team; onClose: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState(team?.name ?? "");
  const save = useMutation({
    mutationFn: () =>
      team === undefined
        ? read<Team>(api.POST("/api/v1/admin/teams", { params: { header: idempotent(crypto.randomUUID()) }, body: { name } }))
        : read<Team>(api.PUT("/api/v1/admin/teams/{id}", { params: { path: { id: team.id }, header: ifMatch(team.version) }, body: { name } })),
    onSuccess: (saved) => {
      if (team === undefined) announce(t("teams.made", { name: saved.name }));
      onClose();
    },
    // Whose team it is stands beside each person too.
    onSettled: () => Promise.all([teamsQuery, usersQuery].map(({ queryKey }) => queries.invalidateQueries({ queryKey }))),
  });
  const error = save.error === null ? undefined : asApiError(save.error);
  const problem = problemText(error, ["/name"]);
  const title = team === undefined ? t("teams.new.title") : t("teams.rename.of", { name: team.name });
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
        className="flex flex-col gap-4 p-4 text-left whitespace-normal"
      >
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
        <TextField
          label={t("word.name")}
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error?.fields.find(({ pointer }) => pointer === "/name")?.detail}
        />
        <div className="flex gap-2">
          <Button type="submit" look="primary" disabled={save.isPending}>
            {t(team === undefined ? "teams.make" : "word.save")}
          </Button>
          <Button onClick={onClose}>{t("word.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
