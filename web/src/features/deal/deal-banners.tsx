import type { ApiError } from "@/api/problem";
import type { Deal } from "@/api/types";
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
