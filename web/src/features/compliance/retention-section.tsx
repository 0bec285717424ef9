import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { uuidv7 } from "uuidv7";
import { api, idempotent, ifMatch, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { complianceQuery, retentionQuery, retentionRunsQuery, retentionDueQuery } from "@/api/privacy";
import { useSession } from "@/api/session";
import type { Retention } from "@/api/types";
import { formatMoment } from "@/i18n/dates";
import { plural, t } from "@/i18n/text";
import { saveFile } from "@/lib/save-file";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { CELL, HEAD, TABLE } from "@/ui/list-page";

/** How long customers are kept: the schedule, who is due, the run, and its certificates. */
export function RetentionSection() {
  const heading = useId();
  const { data: schedule, error } = useQuery(retentionQuery);
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-3">
      <h2 id={heading} className="text-15 font-semibold">{t("retention.title")}</h2>
      <p className="text-muted">{t("retention.lead")}</p>
      {error !== null && <Banner tone="bad" title={asApiError(error).message} />}
      {schedule !== undefined && <Schedule key={schedule.version} schedule={schedule} />}
      {schedule !== undefined && schedule.version > 0 && <Due />}
      <Certificates />
    </section>
  );
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([queries.invalidateQueries({ queryKey: ["retention"] }), queries.invalidateQueries({ queryKey: complianceQuery.queryKey })]);
}

function Schedule({ schedule }: { schedule: Retention }) {
  const refresh = useRefresh();
  const [values, setValues] = useState({
    withoutPurchaseMonths: schedule.withoutPurchaseMonths == null ? "" : String(schedule.withoutPurchaseMonths),
    afterPurchaseMonths: schedule.afterPurchaseMonths == null ? "" : String(schedule.afterPurchaseMonths),
  });
  const set = useMutation({
    mutationFn: () =>
      read(
        api.PUT("/api/v1/privacy/retention", {
          params: { header: ifMatch(schedule.version) },
          body: Object.fromEntries(Object.entries(values).flatMap(([key, months]) => (months === "" ? [] : [[key, Number(months)]]))),
        }),
      ),
    onSuccess: async () => {
      await refresh();
      announce(t("retention.saved"));
    },
  });
  const error = set.error === null ? undefined : asApiError(set.error);
  const months = (key: keyof typeof values) => ({
    type: "number",
    min: 1,
    max: 240,
    optional: true,
    value: values[key],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [key]: event.target.value }),
    error: error?.fields.find(({ pointer }) => pointer === `/${key}`)?.detail,
  });
  return (
    <form
      aria-label={t("retention.set")}
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate();
      }}
      className="flex flex-col gap-3"
    >
      {error !== undefined && error.fields.length === 0 && <Banner tone="bad" title={error.message} />}
      <div className="grid gap-3 md:grid-cols-2">
        <TextField label={t("retention.without")} {...months("withoutPurchaseMonths")} />
        <TextField label={t("retention.after")} hint={t("retention.after.hint")} {...months("afterPurchaseMonths")} />
      </div>
      <div>
        <Button type="submit" disabled={set.isPending}>{t("retention.set")}</Button>
      </div>
    </form>
  );
}

function Due() {
  const zone = useSession().dealership.timeZone;
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const { data } = useQuery(retentionDueQuery);
  const run = useMutation({
    mutationFn: () => {
      const id = uuidv7();
      return read(api.POST("/api/v1/privacy/retention/runs", { params: { header: idempotent(id) }, body: { id } }));
    },
    onSuccess: async ({ erased }) => {
      await refresh();
      setAsking(false);
      announce(t("retention.ran", { count: erased }));
    },
  });
  if (data === undefined) return null;
  return (
    <>
      <p>
        {plural("retention.dry", data.due)} {data.held > 0 && t("retention.dry.held", { count: data.held })}
      </p>
      {data.items.length > 0 && (
        <table aria-label={t("retention.dry.list")} className={TABLE}>
          <thead>
            <tr>
              <th scope="col" className={HEAD}>{t("word.name")}</th>
              <th scope="col" className={HEAD}>{t("retention.dry.lastUsed")}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((row) => (
              <tr key={row.id}>
                <td className={CELL}>{row.name}</td>
                <td className={CELL}>{formatMoment(row.lastUsedAt, zone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data.due > 0 && !asking && (
        <div>
          <Button look="danger" onClick={() => setAsking(true)}>{t("retention.run")}</Button>
        </div>
      )}
      {asking && (
        <Banner
          tone="bad"
          title={t("retention.run")}
          actions={
            <>
              <Button look="danger" onClick={() => run.mutate()} disabled={run.isPending}>{t("retention.run.confirm")}</Button>
              <Button onClick={() => setAsking(false)}>{t("word.cancel")}</Button>
            </>
          }
        >
          {t("retention.run.text")}
          {run.error !== null && <p className="text-bad">{asApiError(run.error).message}</p>}
        </Banner>
      )}
    </>
  );
}

function Certificates() {
  const zone = useSession().dealership.timeZone;
  const { data } = useQuery(retentionRunsQuery);
  if (data === undefined || data.items.length === 0) return null;
  return (
    <>
      <h3 className="font-semibold">{t("retention.certificates")}</h3>
      <ul className="flex flex-col gap-1">
        {data.items.map((run) => {
          const date = formatMoment(run.ranAt, zone);
          return (
            <li key={run.id} className="flex flex-wrap items-center gap-x-3">
              {t("retention.certificate", { date, count: run.erased, name: run.ranBy ?? "" })}
              <Button
                look="quiet"
                aria-label={t("retention.certificate.download.of", { date })}
                onClick={() => saveFile(`disposal-${run.id}.txt`, "text/plain", `${run.text}sha256 ${run.digest}\n`)}
              >
                {t("retention.certificate.download")}
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
