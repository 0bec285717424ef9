import { useEffect, useState } from "react";
import { useConnection } from "@/api/events";
import { useHeldBack } from "@/api/patience";
import { useSession } from "@/api/session";
import { t } from "@/i18n/text";
import { takeNewBuild, useNewBuild } from "@/lib/build";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { useOnline } from "./use-online";

const PATIENCE = 1500;

/** What must be known about everything on the screen: made up, offline, not live. */
export function StatusBadges() {
  const { dealership } = useSession();
  const online = useOnline();
  const late = useLate(useConnection() === "reconnecting");
  const heldBack = useHeldBack();
  return (
    <div role="status" className="flex items-center gap-1.5">
      {dealership.demo && (
        <Badge tone="wait" why={t("badge.demo.why")}>
          {t("badge.demo")}
        </Badge>
      )}
      {!online ? (
        <Badge tone="bad" why={t("badge.offline.why")}>
          {t("badge.offline")}
        </Badge>
      ) : late ? (
        <Badge tone="wait" why={t("badge.reconnecting.why")}>
          {t("badge.reconnecting")}
        </Badge>
      ) : (
        heldBack && (
          <Badge tone="wait" why={t("badge.heldBack.why")}>
            {t("badge.heldBack")}
          </Badge>
        )
      )}
      <NewBuild />
    </div>
  );
}

/** The server was replaced under this page. Its reader says when to go on with the new client. */
function NewBuild() {
  if (!useNewBuild()) return null;
  return (
    <span className="flex items-center gap-1.5">
      <Badge tone="accent" why={t("badge.newBuild.why")}>
        {t("badge.newBuild")}
      </Badge>
      <Button onClick={takeNewBuild}>{t("badge.newBuild.take")}</Button>
    </span>
  );
}

/** True once it has been so for a while: a connection that comes back at once is not worth a word. */
function useLate(state: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(state), state ? PATIENCE : 0);
    return () => clearTimeout(timer);
  }, [state]);
  return late && state;
}
