import { useId } from "react";
import type { ApiError } from "@/api/problem";
import { t } from "@/i18n/text";
import type { Words } from "./queries";

interface Props {
  /** As its receiver would read it. */
  message: Words | undefined;
  /** Another one is on its way. */
  busy: boolean;
  /** Why there is none. */
  refused: ApiError | undefined;
}

/** What the receiver of a message would read, with samples in the places of values. */
export function MessagePreview({ message, busy, refused }: Props) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} aria-busy={busy} className="flex min-w-0 flex-col gap-2">
      <div>
        <h3 id={heading} className="font-semibold">{t("messages.preview")}</h3>
        <p className="text-12 text-muted">{t("messages.preview.hint")}</p>
      </div>
      {refused === undefined && message !== undefined && (
        <div className="rounded-sm border border-line bg-panel">
          <p className="border-b border-line px-3 py-2 font-semibold [overflow-wrap:anywhere]">{message.subject}</p>
          <p className="px-3 py-3 whitespace-pre-wrap [overflow-wrap:anywhere]">{message.body}</p>
        </div>
      )}
      {refused !== undefined && (
        <p className="rounded-sm border border-dashed border-edge px-3 py-3 text-muted">
          {refused.fields.length > 0 ? t("messages.preview.faulty") : `${t("messages.preview.absent")} ${refused.message}`}
        </p>
      )}
    </section>
  );
}
