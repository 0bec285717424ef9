import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { usersQuery } from "@/api/queries";
import type { User } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/field";

/** What the store calls somebody. */
export function RenamePerson({ user, onClose }: { user: User; onClose: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState(user.name);
  const rename = useMutation({
    mutationFn: () =>
      read<User>(api.PUT("/api/v1/admin/users/{id}/name", { params: { path: { id: user.id }, header: ifMatch(user.version) }, body: { name } })),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
  const error = rename.error === null ? undefined : asApiError(rename.error);
  const problem = problemText(error, ["/name"]);
  return (
    <Dialog title={t("people.rename.of", { name: user.name })} onClose={onClose}>
      <form
        aria-label={t("people.rename.of", { name: user.name })}
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate();
        }}
        className="flex flex-col gap-4 p-4 text-left whitespace-normal"
      >
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
        <TextField
          label={t("word.name")}
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error?.fields.find(({ pointer }) => pointer === "/name")?.detail}
        />
        <div className="flex gap-2">
          <Button type="submit" look="primary" disabled={rename.isPending}>
            {t("word.save")}
          </Button>
          <Button onClick={onClose}>{t("word.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
