// One step of the engine's trace: what was computed from what, and by which law. Shared by every page that answers "why?".
import { formatCivilDate } from "@/i18n/dates";
import { formatValue, plainWords, type Quantity } from "@/i18n/quantity";
import { t } from "@/i18n/text";
import { Badge } from "./badge";

interface StepParts {
  formula: string;
  inputs: readonly { name: string; value: Quantity; from?: string | null }[];
  rounding?: string | null;
}

interface Publication {
  title: string;
  publisher: string;
  citation?: string;
  url?: string | null;
  checked: string;
}

/** The formula, what went into it, and how it was rounded. */
export function StepBody({ step, onFollow }: { step: StepParts; onFollow: (path: string) => void }) {
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

/** Whether anybody has checked a rule against its source, and why not. */
export function Verdict({ verified, reason }: { verified: boolean; reason?: string | null | undefined }) {
  if (verified) {
    return (
      <p>
        <Badge tone="good">✓ {t("why.verified")}</Badge>
      </p>
    );
  }
  return (
    <div>
      <Badge tone="wait">! {t("why.unverified")}</Badge>
      <p className="mt-1 text-muted">{reason ?? t("why.unverified.why")}</p>
    </div>
  );
}

/** Where a rule stands written. */
export function SourceText({ source }: { source: Publication }) {
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
