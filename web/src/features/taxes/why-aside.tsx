import type { ColumnResult } from "@/api/types";
import { formatValue } from "@/i18n/quantity";
import { t, textOf } from "@/i18n/text";
import { Button, IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Kbd } from "@/ui/kbd";
import { SourceText, StepBody, Verdict } from "@/ui/step";

interface Props {
  column: ColumnResult;
  /** The figures asked about so far, each an input of the one before. */
  trail: readonly string[];
  onFollow: (path: string) => void;
  onBack: () => void;
  onClose: () => void;
}

/** How one figure was made, and by what law. */
export function WhyAside({ column, trail, onFollow, onBack, onClose }: Props) {
  const path = trail.at(-1) ?? "";
  const step = Object.hasOwn(column.trace, path) ? column.trace[path] : undefined;
  const line = column.tax.lines.find(({ id }) => `tax.${id}` === path);
  const source = step?.source ?? line?.source;
  const verified = step?.verified ?? line?.verified;
  return (
    <aside aria-label={t("why.title")} className="flex shrink-0 flex-col border-line bg-panel max-xl:border-t xl:w-80 xl:border-l">
      <div className="flex items-center justify-between py-2 pr-2 pl-4">
        <h2 className="text-15 font-semibold">{t("why.title")}</h2>
        <span className="flex items-center gap-1">
          <Kbd combo="Escape" />
          <IconButton label={t("word.close")} onClick={onClose}>
            <Icon name="close" />
          </IconButton>
        </span>
      </div>
      <div
        key={`${trail.length} ${path}`}
        aria-live="polite"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it
        tabIndex={0}
        className="flex min-h-0 grow flex-col gap-3 overflow-y-auto px-4 pb-6 -outline-offset-2"
      >
        {trail.length > 1 && (
          <div>
            <Button look="quiet" combo="Escape" onClick={onBack}>
              <Icon name="back" />
              {t("word.back")}
            </Button>
          </div>
        )}
        {step === undefined ? (
          <p className="text-muted">{t("why.gone")}</p>
        ) : (
          <>
            <h3 className="flex items-baseline justify-between gap-3">
              <span className="text-15 font-semibold">{textOf(step.label)}</span>
              <span className="text-18 font-semibold">{formatValue(step.result, path, true)}</span>
            </h3>
            <StepBody step={step} onFollow={onFollow} />
          </>
        )}
        {source != null && (
          <div className="flex flex-col gap-1 border-t border-line pt-3">
            <h4 className="text-12 text-muted">{t("why.source")}</h4>
            <SourceText source={source} />
            {verified != null && <Verdict verified={verified} reason={step?.reason ?? line?.reason} />}
          </div>
        )}
      </div>
    </aside>
  );
}
