import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useId } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { sessionsQuery } from "@/api/queries";
import { useSession } from "@/api/session";
import { signOut } from "@/api/sign-out";
import { formatMoment } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { deviceName } from "./device";

/** Where one is signed in, and the end of it. */
export function SessionsSection() {
  const { data } = useSuspenseQuery(sessionsQuery);
  const { dealership } = useSession();
  const queries = useQueryClient();
  const heading = useId();
  const end = useMutation({
    mutationFn: (id: string) => read<void>(api.DELETE("/api/v1/auth/sessions/{id}", { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const endAll = useMutation({
    mutationFn: () => signOut("/api/v1/auth/logout-everywhere"),
  });
  const error = end.error ?? endAll.error;
  const problem = error === null ? undefined : problemText(asApiError(error));
  const when = (at: string) => formatMoment(at, dealership.timeZone);
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-4">
      <h2 id={heading} className="text-18 font-semibold">
        {t("sessions.title")}
      </h2>
      <p className="text-muted">{t("sessions.lead")}</p>
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      <ul aria-label={t("sessions.title")} className="flex flex-col">
        {data.items.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
            <span className="min-w-0">
              <span className="font-medium">{deviceName(session.userAgent ?? "")}</span> {session.current && <Badge tone="good">{t("sessions.current")}</Badge>}
              <span className="block text-12 text-muted">
                {session.address == null ? session.store : t("sessions.place", { store: session.store, address: session.address })}
              </span>
              <span className="block text-12 text-muted">
                {t("sessions.used", { used: when(session.lastUsedAt), since: when(session.createdAt) })}
              </span>
            </span>
            {!session.current && (
              <span className="ml-auto">
                <Button look="quiet" aria-label={t("sessions.end.of", { name: deviceName(session.userAgent ?? "") })} disabled={end.isPending} onClick={() => end.mutate(session.id)}>
                  {t("sessions.end")}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      <div>
        <Button look="danger" disabled={endAll.isPending} onClick={() => endAll.mutate()}>
          {t("account.signOutEverywhere")}
        </Button>
      </div>
    </section>
  );
}
