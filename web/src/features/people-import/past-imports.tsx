import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { invitationsQuery, userImportsQuery, usersQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import type { UserImport } from "@/api/types";
import { formatMoment } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { useNow } from "@/ui/use-now";

/** The lists that were imported last, and taking one back. */
export function PastImports() {
  const { data } = useSuspenseQuery(userImportsQuery);
  return (
    <section aria-label={t("import.past")} className="flex flex-col gap-2 border-t border-line pt-4">
      <h2 className="text-18 font-semibold">{t("import.past")}</h2>
      {data.items.length === 0 && <p className="text-muted">{t("import.past.none")}</p>}
      <ul className="flex flex-col">
        {data.items.map((item) => (
          <PastImport key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function PastImport({ item }: { item: UserImport }) {
  const session = useSession();
  const people = useQuery(usersQuery).data?.items ?? [];
  const now = useNow();
  const [asking, setAsking] = useState(false);
  const moment = (instant: string) => formatMoment(instant, session.dealership.timeZone);
  const named = (id: string) => people.find((person) => person.id === id)?.name ?? "";
  const name = item.fileName ?? t("import.past.pasted");
  const open = item.undoneAt == null && item.added > 0 && Date.parse(item.undoUntil) > now;
  const what = t(item.added === 1 ? "import.past.what.one" : "import.past.what.other", { when: moment(item.createdAt), who: named(item.createdBy), count: item.added });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
      <span className="min-w-0 grow">
        <span className="font-medium break-all">{name}</span>
        <span className="block text-muted">{what}</span>
        {open && <span className="block text-muted">{t("import.undo.until", { when: moment(item.undoUntil) })}</span>}
        {item.undoneAt != null && item.undoneBy != null && (
          <span className="block text-muted">
            {t("import.undone", { when: moment(item.undoneAt), who: named(item.undoneBy), removed: item.removed ?? 0, stayed: item.added - (item.removed ?? 0) })}
          </span>
        )}
      </span>
      {open && may(session, "user.create") && (
        <Button look="danger" aria-label={t("import.undo.of", { name })} onClick={() => setAsking(true)}>
          {t("import.undo")}
        </Button>
      )}
      {asking && <Undo item={item} name={name} onClose={() => setAsking(false)} />}
    </li>
  );
}

function Undo({ item, name, onClose }: { item: UserImport; name: string; onClose: () => void }) {
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: () => read<UserImport>(api.POST("/api/v1/admin/user-imports/{id}/undo", { params: { path: { id: item.id } } })),
    onSuccess: () => {
      announce(t("import.undone.done"));
      onClose();
    },
    onSettled: () => Promise.all([userImportsQuery, usersQuery, invitationsQuery].map(({ queryKey }) => queries.invalidateQueries({ queryKey }))),
  });
  const problem = undo.error === null ? undefined : problemText(asApiError(undo.error));
  return (
    <Dialog title={t("import.undo.of", { name })} onClose={onClose}>
      <div className="flex flex-col gap-4 p-4">
        <p>{t("import.undo.text")}</p>
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
        <div className="flex gap-2">
          <Button look="danger" disabled={undo.isPending} onClick={() => undo.mutate()}>
            {t("import.undo")}
          </Button>
          <Button onClick={onClose}>{t("word.cancel")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
