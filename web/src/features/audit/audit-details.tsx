import { Link } from "@tanstack/react-router";
import type { AuditFilter } from "@/api/trail-queries";
import type { AuditEntry } from "@/api/types";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { differences } from "./differences";

interface Props {
  entry: AuditEntry;
  label: string;
  onFilter: (part: AuditFilter) => void;
}

/** What one entry changed, and where it came from. */
export function AuditDetails({ entry, label, onFilter }: Props) {
  const changed = differences(entry.before, entry.after);
  const facts = [
    { name: t("audit.column.reason"), value: entry.reason },
    { name: t("audit.id"), value: entry.subject.id },
    { name: t("audit.address"), value: entry.address },
    { name: t("audit.request"), value: entry.requestId },
    { name: t("audit.chain"), value: t(entry.sealed ? "audit.chain.sealed" : "audit.chain.waiting") },
  ];
  return (
    <section aria-label={label} className="flex flex-col gap-3 max-md:w-[calc(100vw-3rem)]">
      {changed.length === 0 ? (
        <p className="text-muted">{t("audit.noChanges")}</p>
      ) : (
        <div className="overflow-x-auto">
          <table>
            <caption className="sr-only">{t("audit.changes")}</caption>
            <thead>
              <tr className="text-left text-12 text-muted">
                <th scope="col" className="pr-6 font-medium">{t("audit.field")}</th>
                <th scope="col" className="pr-6 font-medium">{t("audit.before")}</th>
                <th scope="col" className="font-medium">{t("audit.after")}</th>
              </tr>
            </thead>
            <tbody>
              {changed.map(({ key, name, before, after }) => (
                <tr key={key} className="align-top">
                  <th scope="row" className="pr-6 text-left font-normal text-muted">{name}</th>
                  <td className="max-w-80 pr-6 break-words">{before}</td>
                  <td className="max-w-80 font-medium break-words">{after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {changed.some(({ hidden }) => hidden) && <p className="text-12 text-muted">{t("audit.sealedValue.text")}</p>}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-12">
        {facts.map(
          ({ name, value }) =>
            value != null &&
            value !== "" && (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd className="break-all">{value}</dd>
              </div>
            ),
        )}
      </dl>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => onFilter({ thing: entry.subject.kind, id: entry.subject.id, from: "all", to: undefined })}>
          {t("audit.everything")}
        </Button>
        <OpenThing subject={entry.subject} />
      </div>
    </section>
  );
}

const LINK = "touchable inline-flex items-center text-accent underline";

function OpenThing({ subject: { kind, id } }: { subject: AuditEntry["subject"] }) {
  if (kind === "deal") return <Link to="/deals/$dealId" params={{ dealId: id }} className={LINK}>{t("audit.open")}</Link>;
  if (kind === "customer") return <Link to="/customers/$customerId" params={{ customerId: id }} className={LINK}>{t("audit.open")}</Link>;
  if (kind === "vehicle") return <Link to="/inventory/$vehicleId" params={{ vehicleId: id }} className={LINK}>{t("audit.open")}</Link>;
  return null;
}
