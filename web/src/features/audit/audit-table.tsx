import { Fragment, useRef, useState } from "react";
import type { AuditFilter } from "@/api/trail-queries";
import { useSession } from "@/api/session";
import type { AuditEntry } from "@/api/types";
import { formatMoment } from "@/i18n/dates";
import { isTextKey, t, textOf } from "@/i18n/text";
import { CELL, HEAD, ROW, ROW_LINK, TABLE } from "@/ui/list-page";
import { useRowKeys } from "@/ui/use-row-keys";
import { AuditDetails } from "./audit-details";
import { actionName, thingName } from "./words";

interface Props {
  entries: readonly AuditEntry[];
  onFilter: (part: AuditFilter) => void;
}

/** The entries, newest first; a row opens to what was changed. */
export function AuditTable({ entries, onFilter }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [open, setOpen] = useState<string>();
  const { timeZone } = useSession().dealership;
  useRowKeys(body);
  return (
    <table aria-label={t("audit.title")} className={TABLE}>
      <thead>
        <tr>
          <th scope="col" className={HEAD}>{t("audit.column.when")}</th>
          <th scope="col" className={HEAD}>{t("audit.column.who")}</th>
          <th scope="col" className={HEAD}>{t("audit.column.what")}</th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>{t("audit.column.thing")}</th>
          <th scope="col" className={`${HEAD} max-lg:hidden`}>{t("audit.column.reason")}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {entries.map((entry) => {
          const when = formatMoment(entry.occurredAt, timeZone);
          const what = actionName(entry.action);
          const details = `details-${entry.id}`;
          const isOpen = open === entry.id;
          return (
            <Fragment key={entry.id}>
              <tr className={ROW}>
                <td className={`${CELL} max-md:max-w-28 max-md:whitespace-normal`}>
                  <button
                    type="button"
                    data-row-link
                    aria-expanded={isOpen}
                    aria-controls={isOpen ? details : undefined}
                    onClick={() => setOpen(isOpen ? undefined : entry.id)}
                    className={`${ROW_LINK} text-left`}
                  >
                    {when}
                  </button>
                </td>
                <td className={`${CELL} max-w-56 truncate max-md:max-w-28`}>
                  {who(entry)}
                  <span className="ml-2 text-muted max-md:hidden">{role(entry)}</span>
                </td>
                <td className={`${CELL} max-md:whitespace-normal`}>
                  {what}
                  <span className="block text-12 leading-4 text-muted md:hidden">{thingName(entry.subject.kind)}</span>
                </td>
                <td className={`${CELL} max-md:hidden`}>{thingName(entry.subject.kind)}</td>
                <td className={`${CELL} max-w-80 truncate text-muted max-lg:hidden`}>{entry.reason}</td>
              </tr>
              {isOpen && (
                <tr id={details}>
                  <td colSpan={5} className="border-b border-line bg-sunken px-4 py-3">
                    <AuditDetails entry={entry} label={t("audit.details", { what, when })} onFilter={onFilter} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function who({ actor }: AuditEntry): string {
  if (actor.kind === "job") return t("audit.product");
  return actor.name ?? t("audit.formerly");
}

function role({ actor }: AuditEntry): string {
  if (actor.kind === "job") return actor.name;
  const key = `role.${actor.role}`;
  return isTextKey(key) ? t(key) : textOf(actor.role);
}
