import { t } from "@/i18n/text";
import { Button } from "./button";

/** The rest of a list, on request. */
export function MoreButton({ shown, busy, onMore }: { shown: boolean; busy: boolean; onMore: () => void }) {
  if (!shown) return null;
  return (
    <div className="flex justify-center p-3">
      <Button onClick={onMore} disabled={busy}>
        {t("word.more")}
      </Button>
    </div>
  );
}
