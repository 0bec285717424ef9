import { t } from "@/i18n/text";
import { Banner } from "./banner";
import { Button } from "./button";

interface ProblemNoteProps {
  message: string;
  /** What to expect. */
  hint?: string | undefined;
  reference?: string | undefined;
  onRetry: () => void;
}

/** A page's data could not be read. */
export function ProblemNote({ message, hint, reference, onRetry }: ProblemNoteProps) {
  return (
    <div className="p-4">
      <Banner tone="bad" title={t("error.title")} actions={<Button onClick={onRetry}>{t("word.retry")}</Button>}>
        <p>{message}</p>
        {hint !== undefined && <p>{hint}</p>}
        {reference !== undefined && <p className="text-12 text-muted">{t("error.reference", { id: reference })}</p>}
      </Banner>
    </div>
  );
}
