import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { uuidv7 } from "uuidv7";
import { api, idempotent, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { erasureQuery, mayExport } from "@/api/privacy";
import { customerQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import type { Customer, Erasure } from "@/api/types";
import { formatMoment } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { saveFile } from "@/lib/save-file";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { ProblemNote } from "@/ui/problem-note";

/** What a customer may ask for: to have all that is held, and to have it erased. */
export function PrivacySection({ customer }: { customer: Customer }) {
  const heading = useId();
  const session = useSession();
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-3">
      <h2 id={heading} className="text-15 font-semibold">
        {t("privacy.title")}
      </h2>
      {mayExport(session) && <Export id={customer.id} />}
      {may(session, "customer.erase") && <Erasing customer={customer} />}
    </section>
  );
}

function Export({ id }: { id: string }) {
  const fetched = useMutation({
    mutationFn: () => read(api.POST("/api/v1/customers/{id}/export", { params: { path: { id } } })),
    onSuccess: (document) => {
      saveFile(`customer-${id}.json`, "application/json", JSON.stringify(document, null, 2));
      announce(t("privacy.exported"));
    },
    // All that is held on somebody stays nowhere but in the file.
    gcTime: 0,
  });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button onClick={() => fetched.mutate()} disabled={fetched.isPending}>
        {t("privacy.export")}
      </Button>
      <span className="text-muted">{t("privacy.export.hint")}</span>
      {fetched.error !== null && <Banner tone="bad" title={asApiError(fetched.error).message} />}
    </div>
  );
}

function Erasing({ customer }: { customer: Customer }) {
  const { data, error, refetch } = useQuery(erasureQuery(customer.id));
  if (error !== null) return <ProblemNote message={asApiError(error).message} onRetry={() => void refetch()} />;
  if (data === undefined) return null;
  return (
    <>
      {data.hold == null ? <PlaceHold id={customer.id} /> : <StandingHold id={customer.id} hold={data.hold} />}
      {data.hold == null && <Erase customer={customer} stands={data} />}
    </>
  );
}

function useRefresh(id: string) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: customerQuery(id).queryKey });
}

function StandingHold({ id, hold }: { id: string; hold: NonNullable<Erasure["hold"]> }) {
  const { dealership } = useSession();
  const refresh = useRefresh(id);
  const release = useMutation({
    mutationFn: () => read(api.POST("/api/v1/customers/{id}/hold/release", { params: { path: { id }, header: idempotent(uuidv7()) } })),
    onSuccess: async () => {
      await refresh();
      announce(t("privacy.hold.released"));
    },
  });
  return (
    <Banner
      tone="wait"
      title={t("privacy.hold.stands")}
      actions={
        <Button onClick={() => release.mutate()} disabled={release.isPending}>
          {t("privacy.hold.release")}
        </Button>
      }
    >
      {t("privacy.hold.by", { reason: hold.reason, date: formatMoment(hold.placedAt, dealership.timeZone), name: hold.placedBy ?? "" })}
      {release.error !== null && <p className="text-bad">{asApiError(release.error).message}</p>}
    </Banner>
  );
}

function PlaceHold({ id }: { id: string }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const refresh = useRefresh(id);
  const place = useMutation({
    mutationFn: () =>
      read(api.POST("/api/v1/customers/{id}/hold", { params: { path: { id }, header: idempotent(uuidv7()) }, body: { reason: reason.trim() } })),
    onSuccess: async () => {
      await refresh();
      announce(t("privacy.hold.placed"));
    },
  });
  if (!asking) {
    return (
      <div>
        <Button onClick={() => setAsking(true)}>{t("privacy.hold.place")}</Button>
      </div>
    );
  }
  return (
    <form
      aria-label={t("privacy.hold.place")}
      onSubmit={(event) => {
        event.preventDefault();
        place.mutate();
      }}
      className="flex flex-col gap-2 rounded-sm border-l-4 border-accent bg-raised p-3"
    >
      <TextField
        label={t("privacy.hold.reason")}
        hint={t("privacy.hold.reason.hint")}
        autoFocus
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        error={place.error === null ? undefined : asApiError(place.error).message}
      />
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={place.isPending}>
          {t("privacy.hold.place")}
        </Button>
        <Button onClick={() => setAsking(false)}>{t("word.cancel")}</Button>
      </div>
    </form>
  );
}

/** Erasing for good: asked for by name, so that nobody erases whom they did not mean. */
function Erase({ customer, stands }: { customer: Customer; stands: Erasure }) {
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");
  const refresh = useRefresh(customer.id);
  const erase = useMutation({
    mutationFn: () =>
      read(
        api.POST("/api/v1/customers/{id}/erase", {
          params: { path: { id: customer.id }, header: idempotent(uuidv7()) },
          body: { version: customer.version },
        }),
      ),
    onSuccess: async () => {
      await refresh();
      announce(t("privacy.erased"));
    },
  });
  if (stands.openDeals.length > 0) return <p className="text-muted">{t("privacy.erase.open", { deals: stands.openDeals.join(", ") })}</p>;
  if (!asking) {
    return (
      <div>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t("privacy.erase")}
        </Button>
      </div>
    );
  }
  const isMeant = typed.trim().toLowerCase() === customer.lastName.toLowerCase();
  return (
    <form
      aria-label={t("privacy.erase")}
      onSubmit={(event) => {
        event.preventDefault();
        if (isMeant) erase.mutate();
      }}
      className="flex flex-col gap-2 rounded-sm border-l-4 border-bad bg-raised p-3"
    >
      <p>{t("privacy.erase.text")}</p>
      {stands.keptDeals.length > 0 && <p>{t("privacy.erase.kept", { deals: stands.keptDeals.join(", ") })}</p>}
      <TextField
        label={t("privacy.erase.confirm", { name: customer.lastName })}
        autoFocus
        required
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        error={erase.error === null ? undefined : asApiError(erase.error).message}
      />
      <div className="flex gap-2">
        <Button type="submit" look="danger" disabled={!isMeant || erase.isPending}>
          {t("privacy.erase.now")}
        </Button>
        <Button onClick={() => setAsking(false)}>{t("word.cancel")}</Button>
      </div>
    </form>
  );
}
