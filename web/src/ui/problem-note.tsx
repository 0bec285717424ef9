import { t } from "@/i18n/text";
import { Banner } from "./banner";
import { Button } from "./button";

/** A page's data could not be read. */
export function ProblemNote({ message, reference, onRetry }: { message: string; reference?: string | undefined; onRetry: () => void }) {
  return (
    <div className="p-4">
      <Banner tone="bad" title={t("error.title")} actions={<Button onClick={onRetry}>{t("word.retry")}</Button>}>
        <p>{message}</p>
        {reference !== undefined && <p className="text-12 text-muted">{t("error.reference", { id: reference })}</p>}
      </Banner>
    </div>
  );
}
