import { useEffect, useState } from "react";
import { useConnection } from "@/api/events";
import { useSession } from "@/api/session";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { useOnline } from "./use-online";

const PATIENCE = 1500;

/** What must be known about everything on the screen: made up, offline, not live. */
export function StatusBadges() {
  const { dealership } = useSession();
  const online = useOnline();
  const late = useLate(useConnection() === "reconnecting");
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
      ) : (
        late && (
          <Badge tone="wait" why={t("badge.reconnecting.why")}>
            {t("badge.reconnecting")}
          </Badge>
        )
      )}
    </div>
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
