import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { usersQuery } from "@/api/queries";
import type { User } from "@/api/types";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { SelectField, TextField } from "@/ui/field";

/** Ends somebody's access, and asks who goes on with their open deals. */
export function EndAccess({ user, people, onClose }: { user: User; people: readonly User[]; onClose: () => void }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const [successor, setSuccessor] = useState("");
  const end = useMutation({
    mutationFn: () =>
      read<User>(
        api.POST("/api/v1/admin/users/{id}/deactivate", {
          params: { path: { id: user.id }, header: ifMatch(user.version) },
          body: { ...(reason.trim() !== "" && { reason }), ...(successor !== "" && { transferTo: successor }) },
        }),
      ),
    onSuccess: () => {
      announce(t("people.end.done", { name: user.name }));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
  const error = end.error === null ? undefined : asApiError(end.error);
  const problem = problemText(error, ["/transferTo", "/reason"]);
  const pointed = (pointer: string) => error?.fields.find((field) => field.pointer === pointer)?.detail;
  return (
    <Dialog title={t("people.end.of", { name: user.name })} onClose={onClose}>
      <form
        aria-label={t("people.end.of", { name: user.name })}
        onSubmit={(event) => {
          event.preventDefault();
          end.mutate();
        }}
        className="flex flex-col gap-4 p-4 text-left whitespace-normal"
      >
        <p>{t("people.end.text", { name: user.name })}</p>
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
        <SelectField
          label={t("people.end.successor")}
          hint={t("people.end.successor.hint")}
          value={successor}
          onChange={(event) => setSuccessor(event.target.value)}
          error={pointed("/transferTo")}
          choices={[
            { value: "", label: t("people.end.nobody", { name: user.name }) },
            ...people.filter(({ id, active }) => active && id !== user.id).map(({ id, name, role }) => ({ value: id, label: `${name}, ${t(`role.${role}`)}` })),
          ]}
        />
        <TextField label={t("people.end.reason")} optional maxLength={120} value={reason} onChange={(event) => setReason(event.target.value)} error={pointed("/reason")} />
        <div className="flex gap-2">
          <Button type="submit" look="danger" disabled={end.isPending}>
            {t("people.end")}
          </Button>
          <Button onClick={onClose}>{t("word.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
