import type { ApiError } from "@/api/problem";
import type { Deal, Notice } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { DifferenceTable } from "@/ui/difference-table";
import { inputDifferences } from "./compare";
import { useDesk } from "./desk-context";
import type { Saved } from "./use-deal-writes";
import { basisOf } from "./worksheet";

/** Somebody else saved meanwhile: both versions, and the choice. */
export function StaleBanner({ deal, onKeep, onTake }: { deal: Deal; onKeep: () => void; onTake: () => void }) {
  const { sheet } = useDesk();
  const differences = inputDifferences(sheet.input, basisOf(deal).input);
  return (
    <Banner
      tone="wait"
      title={t("stale.title")}
      actions={
        <>
          <Button look="primary" onClick={onKeep}>
            {t("stale.keep")}
          </Button>
          <Button onClick={onTake}>{t("stale.take")}</Button>
        </>
      }
    >
      <p>{t(differences.length === 0 ? "stale.none" : "stale.text")}</p>
      <DifferenceTable
        caption={t("stale.title")}
        heads={[t("error.stale.field"), t("error.stale.yours"), t("error.stale.current")]}
        differences={differences}
      />
    </Banner>
  );
}

/** The figures just saved are not those that were on the screen. */
export function SavedBanner({ saved, onClose }: { saved: Saved; onClose: () => void }) {
  if (saved.differences.length === 0) return null;
  return (
    <Banner tone="bad" title={t("save.differs.title")} actions={<Button onClick={onClose}>{t("word.close")}</Button>}>
      <p>{t("save.differs.text")}</p>
      <DifferenceTable
        caption={t("save.differs.title")}
        heads={[t("save.differs.figure"), t("save.differs.shown"), t("save.differs.stored")]}
        differences={saved.differences}
      />
    </Banner>
  );
}

/** A write that failed: what happened, what was kept, what to do. */
export function FailedBanner({ error, onClose }: { error: ApiError; onClose: () => void }) {
  return (
    <Banner tone="bad" title={t("error.title")} actions={<Button onClick={onClose}>{t("word.close")}</Button>}>
      <p>{error.isOffline ? t("error.offline") : error.message}</p>
      <ul>
        {error.fields.map((field) => (
          <li key={`${field.pointer} ${field.code}`}>{field.detail}</li>
        ))}
      </ul>
      {error.requestId !== undefined && <p className="text-12 text-muted">{t("error.reference", { id: error.requestId })}</p>}
    </Banner>
  );
}

/** What must be known beside the figures. */
export function Notices() {
  const { computed, sheet } = useDesk();
  const unplaced = computed.errors.filter((error) => !isOnScreen(error.pointer, sheet.input.columns.length));
  const notices = computed.result?.notices ?? [];
  if (unplaced.length === 0 && notices.length === 0 && computed.engine !== "failed" && !computed.stale) return null;
  return (
    <section aria-label={t("notices.title")} className="flex flex-col gap-2 px-4 pb-4">
      {computed.engine === "failed" && <Banner tone="bad" title={t("engine.failed")} />}
      {unplaced.map((error) => (
        <Banner key={`${error.pointer} ${error.code}`} tone="bad" title={error.detail} />
      ))}
      {computed.stale && computed.engine === "ready" && computed.result !== undefined && (
        <p className="text-muted">{t(computed.ratesLoading ? "engine.rates.loading" : "engine.kept")}</p>
      )}
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

const TONE = { info: "text-muted", warning: "text-wait", error: "text-bad" } as const;

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
