import type { Attendant } from "./attendant";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";

/** Who else has the deal open at this moment. */
export function PresenceNote({ others }: { others: readonly Attendant[] }) {
  return (
    <div role="status" className="flex flex-wrap gap-2 px-4 pt-2 empty:hidden">
      {others.map(({ id, name, editing }) => (
        <Badge key={id} tone={editing ? "wait" : "neutral"}>
          {t(editing ? "presence.editing" : "presence.here", { name })}
        </Badge>
      ))}
    </div>
  );
}
