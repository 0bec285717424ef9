import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { asApiError } from "@/api/problem";
import { consentsQuery } from "@/api/privacy";
import { may, useSession } from "@/api/session";
import type { Consents } from "@/api/types";
import { formatMoment } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { CELL, HEAD, TABLE } from "@/ui/list-page";
import { ProblemNote } from "@/ui/problem-note";
import { ConsentForm } from "./consent-form";

/** What the customer agreed to by channel, the ledger behind it, and the link by which they end it. */
export function ConsentSection({ id, erased }: { id: string; erased: boolean }) {
  const heading = useId();
  const session = useSession();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery(consentsQuery(id));
  const problem = error === null ? undefined : asApiError(error);
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-3">
      <h2 id={heading} className="text-15 font-semibold">
        {t("consent.title")}
      </h2>
      <p className="text-muted">{t("consent.lead")}</p>
      {problem !== undefined && <ProblemNote message={problem.message} reference={problem.requestId} onRetry={() => void refetch()} />}
      {data !== undefined && <Standing channels={data.channels} zone={session.dealership.timeZone} />}
      {!erased && may(session, "customer.edit") && !adding && (
        <div>
          <Button onClick={() => setAdding(true)}>{t("consent.record")}</Button>
        </div>
      )}
      {adding && <ConsentForm id={id} onClose={() => setAdding(false)} />}
      {data !== undefined && data.items.length > 0 && <Ledger items={data.items} zone={session.dealership.timeZone} />}
      {data !== undefined && !erased && <UnsubscribeLink link={data.unsubscribeLink} />}
    </section>
  );
}

function Standing({ channels, zone }: { channels: Consents["channels"]; zone: string }) {
  return (
    <dl className="grid gap-x-6 gap-y-2 md:grid-cols-2">
      {channels.map(({ channel, given, since }) => (
        <div key={channel} className="flex flex-wrap items-center gap-x-2">
          <dt className="text-muted">{t(`consent.channel.${channel}`)}</dt>
          <dd className="flex flex-wrap items-center gap-x-2">
            <Badge tone={given === true ? "good" : given === false ? "bad" : "neutral"}>
              {given === true ? t("consent.given") : given === false ? t("consent.withdrawn") : t("consent.never")}
            </Badge>
            {since != null && <span className="text-12 text-muted">{t("consent.since", { date: formatMoment(since, zone) })}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Ledger({ items, zone }: { items: Consents["items"]; zone: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table scrolls by keyboard
    <div className="overflow-x-auto" role="region" aria-label={t("consent.ledger")} tabIndex={0}>
      <table aria-label={t("consent.ledger")} className={TABLE}>
        <thead>
          <tr>
            <th scope="col" className={HEAD}>{t("consent.when")}</th>
            <th scope="col" className={HEAD}>{t("consent.channel")}</th>
            <th scope="col" className={HEAD}>{t("consent.what")}</th>
            <th scope="col" className={HEAD}>{t("consent.source")}</th>
            <th scope="col" className={HEAD}>{t("consent.by")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((entry) => (
            <tr key={entry.id}>
              <td className={CELL}>{formatMoment(entry.recordedAt, zone)}</td>
              <td className={CELL}>{t(`consent.channel.${entry.channel}`)}</td>
              <td className={CELL}>
                {t(entry.given ? "consent.given" : "consent.withdrawn")}
                {entry.wording != null && <span className="block min-w-40 text-12 whitespace-normal text-muted">“{entry.wording}”</span>}
              </td>
              <td className={CELL}>{t(`consent.source.${entry.source}`)}</td>
              <td className={CELL}>{entry.recordedBy ?? t("consent.byCustomer")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function UnsubscribeLink({ link }: { link: string }) {
  // Where the server does not know its own address, it is the one this page came from.
  const whole = new URL(link, globalThis.location.origin).href;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="text-muted">{t("consent.link.hint")}</span>
      <Button
        onClick={() => {
          void navigator.clipboard.writeText(whole).then(() => announce(t("consent.link.copied")));
        }}
      >
        {t("consent.link.copy")}
      </Button>
    </div>
  );
}
