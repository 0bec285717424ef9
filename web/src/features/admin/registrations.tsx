import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, idempotent, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { invitationsQuery, registrationDoorQuery, registrationsQuery, usersQuery } from "@/api/queries";
import { ROLES } from "@/api/roles";
import { may, useSession } from "@/api/session";
import type { Registration, Role } from "@/api/types";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { CheckField } from "@/ui/field";

/** Who asks for access to the store, and whether people may ask. */
export function Registrations() {
  const mayDecide = may(useSession(), "user.create");
  const waiting = useQuery(registrationsQuery).data?.items ?? [];
  return (
    <section aria-label={t("requests.title")} className="flex flex-col gap-3 p-4">
      <h2 className="text-15 font-semibold">{t("requests.title")}</h2>
      <Door mayChange={mayDecide} />
      {waiting.length > 0 && (
        <ul className="flex flex-col">
          {waiting.map((request) => (
            <Request key={request.id} request={request} mayDecide={mayDecide} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Door({ mayChange }: { mayChange: boolean }) {
  const queries = useQueryClient();
  const door = useQuery(registrationDoorQuery).data;
  // What was clicked stands at once: a box that springs back until the server answers looks as if it had not been hit.
  const [wanted, setWanted] = useState<boolean>();
  const set = useMutation({
    mutationFn: (open: boolean) =>
      read(api.PUT("/api/v1/admin/registration-door", { params: { header: ifMatch(door?.version ?? 0) }, body: { open } })),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: registrationDoorQuery.queryKey });
      setWanted(undefined);
    },
  });
  const change = (open: boolean) => {
    setWanted(open);
    set.mutate(open);
  };
  if (door === undefined) return null;
  const problem = set.error === null ? undefined : problemText(asApiError(set.error));
  return (
    <div className="flex flex-col gap-1">
      <CheckField label={t("requests.open")} checked={wanted ?? door.open} disabled={!mayChange} onChange={(event) => change(event.target.checked)} />
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      {door.open && (
        <p className="text-muted">
          {t("requests.link")} <a href={door.link} className="break-all underline">{door.link}</a>
        </p>
      )}
    </div>
  );
}

function Request({ request, mayDecide }: { request: Registration; mayDecide: boolean }) {
  const queries = useQueryClient();
  const [role, setRole] = useState<Role>("salesperson");
  const [key] = useState(() => crypto.randomUUID());
  const decide = useMutation({
    mutationFn: (approved: boolean) => {
      const params = { path: { id: request.id }, header: idempotent(key) };
      return approved
        ? read(api.POST("/api/v1/admin/registrations/{id}/approve", { params, body: { role } }))
        : read(api.POST("/api/v1/admin/registrations/{id}/decline", { params }));
    },
    onSuccess: (_, approved) => announce(t(approved ? "requests.approved" : "requests.declined", { name: request.name })),
    onSettled: () => Promise.all([registrationsQuery, usersQuery, invitationsQuery].map(({ queryKey }) => queries.invalidateQueries({ queryKey }))),
  });
  const problem = decide.error === null ? undefined : problemText(asApiError(decide.error));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line py-2">
      <span className="min-w-0 grow">
        <span className="font-medium">{request.name}</span> <span className="break-all text-muted">{request.email}</span>
      </span>
      {mayDecide && (
        <>
          <select
            aria-label={t("people.role.of", { name: request.name })}
            value={role}
            onChange={(event) => setRole(ROLES.find((candidate) => candidate === event.target.value) ?? "salesperson")}
            className="touchable h-7 rounded-sm border border-edge bg-raised px-1"
          >
            {ROLES.map((choice) => (
              <option key={choice} value={choice}>
                {t(`role.${choice}`)}
              </option>
            ))}
          </select>
          <Button look="primary" aria-label={t("requests.approve.of", { name: request.name })} disabled={decide.isPending} onClick={() => decide.mutate(true)}>
            {t("requests.approve")}
          </Button>
          <Button look="danger" aria-label={t("requests.decline.of", { name: request.name })} disabled={decide.isPending} onClick={() => decide.mutate(false)}>
            {t("requests.decline")}
          </Button>
        </>
      )}
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
    </li>
  );
}
