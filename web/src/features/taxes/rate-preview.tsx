import type { RatePreview } from "@/api/types";
import { formatCivilDate } from "@/i18n/dates";
import { formatCount } from "@/i18n/count";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";

const HEAD = "h-8 border-b border-line px-2 text-left text-12 font-medium whitespace-nowrap text-muted";
const CELL = "border-b border-line px-2 py-1.5 align-top";

/** What a table would change, or why it cannot be taken. */
export function PreviewResult({ preview }: { preview: RatePreview }) {
  const { valid, rows, errors, errorCount, added, changed, removed, firstDay, comparedWith } = preview;
  const counts = { added: formatCount(added), changed: formatCount(changed), removed: formatCount(removed) };
  return (
    <div className="flex flex-col gap-3">
      <Banner tone={valid ? "good" : "bad"} title={valid ? t("rates.valid", { rows: formatCount(rows) }) : t("rates.invalid", { errors: formatCount(errorCount), rows: formatCount(rows) })}>
        {valid && (
          <p>
            {t("rates.diff", counts)} {t(`rates.compared.${comparedWith}`)} {firstDay != null && t("rates.from", { date: formatCivilDate(firstDay) })}
          </p>
        )}
      </Banner>
      {errors.length > 0 && (
        <Scroll label={t("rates.errors")}>
          <table className="w-full border-separate border-spacing-0">
            <caption className="pb-1 text-left font-semibold">{t("rates.errors")}</caption>
            <thead>
              <tr>
                <th scope="col" className={`${HEAD} text-right`}>{t("rates.column.line")}</th>
                <th scope="col" className={HEAD}>{t("rates.column.field")}</th>
                <th scope="col" className={HEAD}>{t("rates.column.fault")}</th>
              </tr>
            </thead>
            <tbody>
              {errors.map(({ line, field, code, detail }) => (
                <tr key={`${line} ${field} ${code}`}>
                  <td className={`${CELL} text-right`}>{formatCount(line)}</td>
                  <td className={CELL}>{field}</td>
                  <td className={CELL}>{detail}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {preview.samples.length > 0 && (
        <Scroll label={t("rates.samples")}>
          <table className="w-full border-separate border-spacing-0">
            <caption className="pb-1 text-left font-semibold">{t("rates.samples")}</caption>
            <thead>
              <tr>
                <th scope="col" className={HEAD}>{t("rates.column.change")}</th>
                <th scope="col" className={HEAD}>{t("rates.column.place")}</th>
                <th scope="col" className={HEAD}>{t("rates.column.levy")}</th>
                <th scope="col" className={HEAD}>{t("rates.column.before")}</th>
                <th scope="col" className={HEAD}>{t("rates.column.after")}</th>
              </tr>
            </thead>
            <tbody>
              {preview.samples.map(({ change, county, area, level, tax, name, before, after }) => (
                <tr key={[change, county, area, level, tax, name, before, after].join(" ")}>
                  <td className={CELL}>{t(`rates.change.${change}`)}</td>
                  <td className={CELL}>{[area, county].filter((part) => part !== "").join(", ")}</td>
                  <td className={CELL}>{name}</td>
                  <td className={CELL}>{before ?? "–"}</td>
                  <td className={CELL}>{after ?? "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </div>
  );
}

/** A table that scrolls in itself, by the keyboard as well. */
function Scroll({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it
    <div role="region" aria-label={label} tabIndex={0} className="max-h-80 overflow-auto rounded-sm border border-line bg-panel p-2">
      {children}
    </div>
  );
}
