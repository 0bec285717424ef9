import "./texts";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { may, useSession } from "@/api/session";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { SelectField } from "@/ui/field";
import { Page } from "@/ui/page";
import { useIsWide } from "@/ui/use-media";
import { useRowKeys } from "@/ui/use-row-keys";
import { MessageEditor } from "./message-editor";
import { mailTemplatesQuery, type MailKind, type MailTemplate } from "./queries";

interface Props {
  /** The message of the address; the first one where it names none. */
  kind: string | undefined;
  onKind: (kind: string) => void;
}

/** What the product writes to people, message by message, in its words or the store's own. */
export function MessagesPage({ kind, onKind }: Props) {
  const { items } = useSuspenseQuery(mailTemplatesQuery).data;
  const readOnly = !may(useSession(), "settings.edit");
  const wide = useIsWide();
  const shown = items.find((item) => item.kind === kind) ?? items[0];
  if (shown === undefined) return null;
  return (
    <Page wide title={t("messages.title")}>
      <p className="text-15 text-muted">{t("messages.lead")}</p>
      <div className="grid gap-6 max-md:grow md:grid-cols-[12rem_minmax(0,1fr)]">
        {wide ? (
          <MessageList items={items} shown={shown.kind} />
        ) : (
          <SelectField
            label={t("messages.choose")}
            value={shown.kind}
            onChange={(event) => onKind(event.target.value)}
            choices={items.map((item) => ({ value: item.kind, label: t(`messages.kind.${item.kind}`) }))}
          />
        )}
        <MessageEditor key={shown.kind} template={shown} readOnly={readOnly} />
      </div>
    </Page>
  );
}

function MessageList({ items, shown }: { items: readonly MailTemplate[]; shown: MailKind }) {
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  return (
    <nav aria-label={t("messages.list")}>
      <ul ref={list} className="flex flex-col gap-0.5">
        {items.map(({ kind, own }) => (
          <li key={kind}>
            <Link
              to="/admin/messages"
              search={{ kind }}
              data-row-link
              // Also where the address names none and the first one is shown.
              aria-current={kind === shown ? "page" : undefined}
              className="touchable flex min-h-8 items-center gap-2 rounded-sm px-2.5 text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-ink"
            >
              <span className="min-w-0 grow">{t(`messages.kind.${kind}`)}</span>
              {own && <Badge tone="accent">{t("messages.own")}</Badge>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
