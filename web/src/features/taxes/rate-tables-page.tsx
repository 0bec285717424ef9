import "./texts";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { rateImportsQuery } from "@/api/queries";
import { may, storeToday, useSession } from "@/api/session";
import type { RateImport } from "@/api/types";
import { formatCivilDate, formatMoment } from "@/i18n/dates";
import { formatCount } from "@/i18n/count";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Badge } from "@/ui/badge";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Page } from "@/ui/page";
import { useShortcuts } from "@/ui/use-shortcuts";
import { RateUpload } from "./rate-upload";

/** The store's own tables of local rates: what was imported, what holds, and the way back. */
export function RateTablesPage() {
  const session = useSession();
  const { items } = useSuspenseQuery(rateImportsQuery).data;
  const [today] = useState(storeToday);
  const mayImport = may(session, "place.import");
  return (
    <Page title={t("rates.title")}>
      <p className="text-15 text-muted">{t("rates.lead")}</p>
      {mayImport ? <RateUpload today={today} /> : <p className="text-muted">{t("rates.readOnly")}</p>}
      <section aria-label={t("rates.list")} className="border-t border-line pt-3">
        <h2 className="mb-2 text-15 font-semibold">{t("rates.list")}</h2>
        {items.length === 0 ? (
          <p className="text-muted">{t("rates.empty")}</p>
        ) : (
          <ul className="flex flex-col">
            {items.map((item) => (
              <Imported key={item.id} item={item} zone={session.dealership.timeZone} mayWithdraw={mayImport} />
            ))}
          </ul>
        )}
      </section>
    </Page>
  );
}

function Imported({ item, zone, mayWithdraw }: { item: RateImport; zone: string; mayWithdraw: boolean }) {
  const [asking, setAsking] = useState(false);
  const withdrawn = item.withdrawnAt != null;
  return (
    <li className="flex flex-col gap-1 border-b border-line py-2 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">
          {item.state} · {item.source}
        </span>
        {withdrawn ? <Badge>{t("rates.withdrawn")}</Badge> : item.inForce ? <Badge tone="good">✓ {t("rates.inForce")}</Badge> : <Badge tone="wait">{t("rates.notInForce")}</Badge>}
        {mayWithdraw && !withdrawn && !asking && (
          <span className="ml-auto">
            <Button look="danger" aria-label={t("rates.withdraw.of", { source: item.source })} onClick={() => setAsking(true)}>
              {t("rates.withdraw")}
            </Button>
          </span>
        )}
      </div>
      <p className="text-12 text-muted">
        {t("rates.facts", {
          format: t(`rates.format.${item.format}`),
          rows: formatCount(item.rows),
          asOf: formatCivilDate(item.asOf),
          first: formatCivilDate(item.firstDay),
          at: formatMoment(item.createdAt, zone),
        })}
      </p>
      {withdrawn && (
        <p className="text-12 text-muted">
          {t("rates.withdrawnAt", { at: formatMoment(item.withdrawnAt ?? "", zone) })} {item.withdrawnReason}
        </p>
      )}
      {asking && <Withdraw item={item} onClose={() => setAsking(false)} />}
    </li>
  );
}

/** Taking a table back: the one before it holds again. */
function Withdraw({ item, onClose }: { item: RateImport; onClose: () => void }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const withdraw = useMutation({
    mutationFn: () =>
      read(
        api.POST("/api/v1/places/rate-imports/{id}/withdraw", {
          params: { path: { id: item.id }, header: ifMatch(item.version) },
          body: reason.trim() === "" ? {} : { reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      announce(t("rates.withdrawn.said", { source: item.source }));
      void queries.invalidateQueries({ queryKey: ["rates"] });
      void queries.invalidateQueries({ queryKey: ["localRates"] });
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: rateImportsQuery.queryKey }),
  });
  useShortcuts([{ combos: ["Escape"], label: t("word.cancel"), group: t("shortcuts.form"), run: onClose }]);
  const error = withdraw.error === null ? undefined : asApiError(withdraw.error);
  return (
    <form
      aria-label={t("rates.withdraw.of", { source: item.source })}
      onSubmit={(event) => {
        event.preventDefault();
        withdraw.mutate();
      }}
      className="flex flex-col gap-2 rounded-sm bg-sunken p-3"
    >
      {error !== undefined && <Banner tone="bad" title={error.isOffline ? t("error.offline") : error.message} />}
      <TextField label={t("rates.withdraw.reason")} hint={t("rates.withdraw.hint")} optional autoFocus maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      <div className="flex gap-2">
        <Button type="submit" look="danger" combo="Enter" disabled={withdraw.isPending}>
          {t("rates.withdraw")}
        </Button>
        <Button combo="Escape" onClick={onClose}>
          {t("word.cancel")}
        </Button>
      </div>
    </form>
  );
}
