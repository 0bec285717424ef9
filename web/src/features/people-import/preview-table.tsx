import type { UserImportRow } from "@/api/types";
import { t } from "@/i18n/text";
import { Badge, type Tone } from "@/ui/badge";
import { HEAD, TABLE } from "@/ui/list-page";

const TONES: Record<UserImportRow["outcome"], Tone> = { added: "good", here: "neutral", ended: "wait", fault: "bad" };

const FIELD = "border-b border-line px-3 py-2 align-top break-words first:pl-0 last:pr-0 max-md:px-1.5";

/** Row by row what importing the list would do; rows at fault first, each with what to do about it. */
export function PreviewTable({ rows }: { rows: readonly UserImportRow[] }) {
  const ordered = [...rows.filter(({ outcome }) => outcome === "fault"), ...rows.filter(({ outcome }) => outcome !== "fault")];
  return (
    <table aria-label={t("import.rows")} className={`${TABLE} table-fixed`}>
      <thead>
        <tr>
          <th scope="col" className={`${HEAD} w-12 first:pl-0`}>{t("import.column.line")}</th>
          <th scope="col" className={HEAD}>{t("word.name")}</th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>{t("people.column.role")}</th>
          <th scope="col" className={HEAD}>{t("import.column.outcome")}</th>
        </tr>
      </thead>
      <tbody>
        {ordered.map((row) => (
          <tr key={row.line}>
            <td className={`${FIELD} text-muted tabular-nums`}>{row.line}</td>
            <td className={FIELD}>
              {row.name}
              <span className="block text-muted">{row.email}</span>
              <span className="block text-muted md:hidden">{row.role}</span>
            </td>
            <td className={`${FIELD} max-md:hidden`}>{row.role}</td>
            <td className={FIELD}>
              <Badge tone={TONES[row.outcome]}>{t(`import.outcome.${row.outcome}`)}</Badge>
              {row.outcome === "ended" && <span className="block text-muted">{t("import.ended.hint")}</span>}
              {row.faults.map((fault) => (
                <span key={`${fault.column} ${fault.code}`} className="block text-bad">
                  {t("import.fault", { column: fault.column, detail: fault.detail })}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
