import type { Notice } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { useDesk } from "../worksheet/desk-context";

/** What must be known beside the figures. */
export function Notices({ rulesCorrected }: { rulesCorrected: boolean }) {
  const { computed, sheet } = useDesk();
  const unplaced = computed.errors.filter((error) => !isOnScreen(error.pointer, sheet.input.columns.length));
  const notices = computed.result?.notices ?? [];
  if (unplaced.length === 0 && notices.length === 0 && computed.engine !== "failed" && !computed.stale && !rulesCorrected) {
    return null;
  }
  return (
    <section aria-label={t("notices.title")} className="flex flex-col gap-2 px-4 pb-4">
      {computed.engine === "failed" && <Banner tone="bad" title={t("engine.failed")} />}
      {unplaced.map((error) => (
        <Banner key={`${error.pointer} ${error.code}`} tone="bad" title={error.detail} />
      ))}
      {computed.stale && computed.engine === "ready" && computed.result !== undefined && (
        <p className="text-muted">{t(computed.ratesLoading ? "engine.rates.loading" : "engine.kept")}</p>
      )}
      {rulesCorrected && <p className="text-wait">{t("notice.rulesCorrected")}</p>}
      {notices.length > 0 && (
        <ul className="flex flex-col gap-1">
          {notices.map((notice) => (
            <NoticeLine key={`${notice.code} ${notice.detail}`} notice={notice} />
          ))}
        </ul>
      )}
    </section>
  );
}

const TONE = { info: "text-muted", warning: "text-wait" } as const;

function NoticeLine({ notice }: { notice: Notice }) {
  return (
    <li className="flex gap-2">
      <span className={`shrink-0 font-medium ${TONE[notice.severity]}`}>{t(`notice.${notice.severity}`)}</span>
      <span>
        {notice.detail}
        {notice.source?.citation != null && notice.source.citation !== "" && (
          <span className="text-muted"> ({notice.source.citation})</span>
        )}
      </span>
    </li>
  );
}

/** Whether a field of the screen shows an error with this pointer itself. */
function isOnScreen(pointer: string, columns: number): boolean {
  if (/^\/(price|docFee|cashDown|vehicle\/msrp|buyerPlace(\/.*)?)$/.test(pointer)) return true;
  if (/^\/(trades|accessories|rebates|fees|products)\/\d+\/(description|name|allowance|payoff|acv|price|amount)$/.test(pointer)) return true;
  const column = /^\/columns\/(\d+)\/(termMonths|rate|moneyFactor|residual|annualMiles)$/.exec(pointer);
  return column !== null && Number(column[1]) < columns;
}
