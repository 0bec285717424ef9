import type { ColumnResult, Source, Step } from "@/api/types";
import { formatCivilDate } from "@/i18n/dates";
import { t, textOf } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { columnName } from "./columns";
import { useDesk, type Question } from "./desk-context";
import { formatValue, plainWords, stepAt, valueAt } from "./figures";

interface Props {
  /** The questions asked so far, each from an input of the one before. */
  trail: readonly Question[];
  onFollow: (question: Question) => void;
  onBack: () => void;
}

/** How one figure was made, and by what law. */
export function WhyPanel({ trail, onFollow, onBack }: Props) {
  const { computed, sheet } = useDesk();
  const question = trail.at(-1);
  if (question === undefined) return <p className="text-muted">{t("why.empty")}</p>;
  const result = computed.result?.columns.find((column) => column.id === question.columnId);
  const column = sheet.input.columns.find((candidate) => candidate.id === question.columnId);
  const step = result === undefined ? undefined : stepAt(result, question.path);
  return (
    <div className="flex flex-col gap-3">
      {trail.length > 1 && (
        <div>
          <Button look="quiet" onClick={onBack} combo="Escape">
            <Icon name="back" />
            {t("word.back")}
          </Button>
        </div>
      )}
      {result === undefined || step === undefined ? (
        <Unexplained result={result} path={question.path} />
      ) : (
        <>
          <StepHead step={step} path={question.path} columnName={column === undefined ? "" : columnName(column)} />
          <StepBody step={step} onFollow={(path) => onFollow({ columnId: question.columnId, path })} />
          <Rule step={step} result={result} path={question.path} />
        </>
      )}
    </div>
  );
}

/** A figure without a step was typed: there is nothing to explain but that. */
function Unexplained({ result, path }: { result: ColumnResult | undefined; path: string }) {
  const value = result === undefined ? undefined : valueAt(result, path);
  if (value === undefined) return <p className="text-muted">{t("why.gone")}</p>;
  return (
    <p>
      {textOf(`figure.${path}`)} <strong>{formatValue(value, path)}</strong> <Badge>{t("why.typed")}</Badge>
    </p>
  );
}

function StepHead({ step, path, columnName: column }: { step: Step; path: string; columnName: string }) {
  return (
    <div>
      <h3 className="flex items-baseline justify-between gap-3">
        <span className="text-15 font-semibold">{textOf(step.label)}</span>
        <span className="text-18 font-semibold">{formatValue(step.result, path, true)}</span>
      </h3>
      <p className="text-12 text-muted">{t("why.inColumn", { column })}</p>
    </div>
  );
}

function StepBody({ step, onFollow }: { step: Step; onFollow: (path: string) => void }) {
  return (
    <>
      <p className="rounded-sm bg-sunken px-2 py-1.5">
        <span className="sr-only">{t("why.formula")}: </span>
        {plainWords(step.formula)}
      </p>
      {step.inputs.length > 0 && (
        <ul aria-label={t("why.inputs")} className="flex flex-col">
          {step.inputs.map(({ name, value, from }) => (
            <li key={`${name} ${from ?? ""} ${formatValue(value, name)}`} className="flex min-h-7 items-center justify-between gap-3 border-b border-line last:border-b-0">
              {from == null ? (
                <span className="min-w-0 text-muted">{plainWords(name)}</span>
              ) : (
                <button
                  type="button"
                  onClick={() => onFollow(from)}
                  className="touchable min-w-0 rounded-sm text-left text-accent underline decoration-1 underline-offset-2"
                >
                  {plainWords(name)}
                </button>
              )}
              <span className="whitespace-nowrap">{formatValue(value, `${name} ${from ?? ""}`, true)}</span>
            </li>
          ))}
        </ul>
      )}
      {step.rounding != null && (
        <p className="text-muted">
          {t("why.rounding")}: {step.rounding}
        </p>
      )}
    </>
  );
}

/** The law or program behind the step, and whether anybody has checked it. */
function Rule({ step, result, path }: { step: Step; result: ColumnResult; path: string }) {
  const line = result.tax.lines.find((candidate) => `tax.${candidate.id}` === path);
  const source = step.source ?? line?.source;
  const verified = step.verified ?? line?.verified;
  const reason = step.reason ?? line?.reason;
  if (source == null && verified == null) return null;
  return (
    <div className="flex flex-col gap-1 border-t border-line pt-3">
      <h4 className="text-12 text-muted">{t("why.source")}</h4>
      {source != null && <SourceText source={source} />}
      {verified === true && <p><Badge tone="good">✓ {t("why.verified")}</Badge></p>}
      {verified === false && (
        <div>
          <Badge tone="wait">! {t("why.unverified")}</Badge>
          <p className="mt-1 text-muted">{reason ?? t("why.unverified.why")}</p>
        </div>
      )}
    </div>
  );
}

function SourceText({ source }: { source: Source }) {
  const citation = source.citation == null || source.citation === "" ? undefined : source.citation;
  return (
    <>
      <p className="font-medium">{source.title}</p>
      {citation !== undefined && <p>{citation}</p>}
      <p className="text-muted">
        {source.publisher}, {t("why.checkedOn", { date: formatCivilDate(source.checked) })}
      </p>
      {source.url != null && (
        <p className="min-w-0">
          <a href={source.url} target="_blank" rel="noreferrer" className="break-all text-accent underline underline-offset-2">
            {source.url.replace(/^https?:\/\//, "")}
          </a>
        </p>
      )}
    </>
  );
}
