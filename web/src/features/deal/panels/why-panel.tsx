import type { ColumnResult, Step } from "@/api/types";
import { formatValue } from "@/i18n/quantity";
import { t, textOf } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { SourceText, StepBody, Verdict } from "@/ui/step";
import { columnName } from "../worksheet/columns";
import { useDesk, type Question } from "../worksheet/desk-context";
import { stepAt, valueAt } from "../figures/figures";
import { WherePaid } from "./where-paid";

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
          <WherePaid result={result} path={question.path} />
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
      {verified != null && <Verdict verified={verified} reason={reason} />}
    </div>
  );
}
