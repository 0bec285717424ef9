import { useSuspenseQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useSession } from "@/api/session";
import { keysQuery } from "@/api/trail-queries";
import type { MasterKeys } from "@/api/types";
import { formatCount } from "@/i18n/count";
import { formatMoment } from "@/i18n/dates";
import { plural, t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Banner } from "@/ui/banner";

/** The versions of the master key, and how far a rotation is. */
export function KeysSection() {
  const heading = useId();
  const { data } = useSuspenseQuery(keysQuery);
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-3">
      <h2 id={heading} className="text-15 font-semibold">
        {t("protection.keys")}
      </h2>
      <p className="text-muted">
        {t("protection.keys.lead")} {t(`protection.keys.${data.source}`)}
      </p>
      <table aria-labelledby={heading} className="w-full">
        <thead>
          <tr className="text-left text-12 text-muted">
            <th scope="col" className="h-7 pr-4 font-medium">{t("protection.key")}</th>
            <th scope="col" className="pr-4 text-right font-medium">{t("protection.key.customers")}</th>
            <th scope="col" className="font-medium">{t("protection.key.state")}</th>
          </tr>
        </thead>
        <tbody>
          {data.keys.map(({ id, newest, present, subjects }) => (
            <tr key={id}>
              <th scope="row" className="h-8 pr-4 text-left font-medium break-all">{id}</th>
              <td className="pr-4 text-right">{formatCount(subjects)}</td>
              <td>
                {present ? (
                  <Badge tone={newest ? "good" : "neutral"}>{t(newest ? "protection.key.newest" : "protection.key.older")}</Badge>
                ) : (
                  <span className="text-bad">{t("protection.key.missing")}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.erased > 0 && <p className="text-muted">{plural("protection.erased", data.erased)}</p>}
      <h3 className="font-semibold">{t("protection.rotation")}</h3>
      <Rotation rotation={data.rotation} />
    </section>
  );
}

function Rotation({ rotation }: { rotation: MasterKeys["rotation"] }) {
  const { timeZone } = useSession().dealership;
  if (rotation == null) return <p className="text-muted">{t("protection.rotation.none")}</p>;
  const { masterKeyId: key, finishedAt, failure } = rotation;
  const [done, total] = [formatCount(rotation.done), formatCount(rotation.total)];
  if (finishedAt != null) return <p>{t("protection.rotation.finished", { key, total: done, at: formatMoment(finishedAt, timeZone) })}</p>;
  return (
    <>
      {failure != null && (
        <Banner tone="bad" title={t("protection.rotation.stopped")}>
          {t("protection.rotation.stopped.text", { why: failure })}
        </Banner>
      )}
      <p>{t("protection.rotation.running", { key, done, total, at: formatMoment(rotation.startedAt, timeZone) })}</p>
      <progress aria-label={t("protection.rotation.progress")} value={rotation.done} max={Math.max(rotation.total, 1)} className="h-2 w-full accent-accent" />
    </>
  );
}
