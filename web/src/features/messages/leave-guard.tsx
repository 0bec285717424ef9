import { useBlocker } from "@tanstack/react-router";
import { sessionState } from "@/api/session";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

/** Asks before words that are not saved are left. Who was signed out is not kept. */
export function LeaveGuard({ name, changed }: { name: string; changed: boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => changed && sessionState().status === "signedIn",
    enableBeforeUnload: changed,
    withResolver: true,
  });
  if (status !== "blocked") return null;
  return (
    <Dialog title={t("messages.leave")} onClose={reset}>
      <div className="flex flex-col gap-4 p-4">
        <p>{t("messages.leave.text", { name })}</p>
        <div className="flex flex-wrap gap-2">
          <Button look="primary" onClick={reset}>
            {t("messages.leave.no")}
          </Button>
          <Button look="danger" onClick={proceed}>
            {t("messages.leave.yes")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
