import { useQuery, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { asApiError } from "@/api/problem";
import { mailQuery, messageQuery } from "@/api/queries";
import { useSession } from "@/api/session";
import type { Mail } from "@/api/types";
import { formatMoment } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { Badge, type Tone } from "@/ui/badge";
import { Banner } from "@/ui/banner";
import { Dialog } from "@/ui/dialog";
import { Empty } from "@/ui/empty";
import { CELL, HEAD, ListPage, ROW, ROW_LINK, TABLE } from "@/ui/list-page";
import { MoreButton } from "@/ui/more-button";
import { useRowKeys } from "@/ui/use-row-keys";

const TONE: Record<Mail["state"], Tone> = { waiting: "wait", sent: "good", filed: "neutral", refused: "bad", expired: "bad" };

/** What the product has written to people, and what became of it. */
export function MailLogPage() {
  const list = useSuspenseInfiniteQuery(mailQuery);
  const messages = list.data.pages.flatMap((page) => page.items);
  const zone = useSession().dealership.timeZone;
  const [open, setOpen] = useState<Mail>();
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  return (
    <ListPage title={t("mail.title")} filters={<p className="text-muted">{t("mail.lead")}</p>}>
      {messages.length === 0 ? (
        <Empty title={t("mail.empty.title")}>{t("mail.empty.text")}</Empty>
      ) : (
        <>
          <table aria-label={t("mail.title")} className={TABLE}>
            <thead>
              <tr>
                <th scope="col" className={`${HEAD} max-md:hidden`}>{t("mail.column.at")}</th>
                <th scope="col" className={`${HEAD} max-md:hidden`}>{t("mail.column.to")}</th>
                <th scope="col" className={HEAD}>{t("mail.column.subject")}</th>
                <th scope="col" className={HEAD}>{t("mail.column.state")}</th>
              </tr>
            </thead>
            <tbody ref={body}>
              {messages.map((mail) => (
                <tr key={mail.id} className={ROW}>
                  <td className={`${CELL} text-muted max-md:hidden`}>{formatMoment(mail.createdAt, zone)}</td>
                  <td className={`${CELL} max-w-64 truncate max-md:hidden`}>
                    {mail.toName} <span className="text-muted">{mail.toEmail}</span>
                  </td>
                  <td className={`${CELL} max-md:whitespace-normal`}>
                    <button
                      type="button"
                      data-row-link
                      className={`${ROW_LINK} text-left`}
                      aria-label={t("mail.show", { subject: mail.subject, name: mail.toName })}
                      onClick={() => setOpen(mail)}
                    >
                      {mail.subject}
                    </button>
                    <span className="block text-12 leading-4 text-muted md:hidden">
                      {mail.toName}, {formatMoment(mail.createdAt, zone)}
                    </span>
                  </td>
                  <td className={CELL}>
                    <Badge tone={TONE[mail.state]}>{t(`mail.state.${mail.state}`)}</Badge>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <MoreButton shown={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
      {open !== undefined && <Message mail={open} zone={zone} onClose={() => setOpen(undefined)} />}
    </ListPage>
  );
}

function Message({ mail, zone, onClose }: { mail: Mail; zone: string; onClose: () => void }) {
  const message = useQuery(messageQuery(mail.id));
  const now = message.data ?? mail;
  return (
    <Dialog title={mail.subject} onClose={onClose}>
      <div className="flex flex-col gap-3 p-4">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
          {t("mail.to", { name: now.toName, email: now.toEmail })} · {formatMoment(now.createdAt, zone)}
          <Badge tone={TONE[now.state]}>{t(`mail.state.${now.state}`)}</Badge>
        </p>
        {now.lastError != null && <Banner tone="wait" title={t("mail.tried", { count: now.attempts, error: now.lastError })} />}
        {message.error !== null && <Banner tone="bad" title={asApiError(message.error).message} />}
        {message.data !== undefined && <pre className="overflow-x-auto rounded-sm bg-sunken p-3 font-sans whitespace-pre-wrap">{message.data.body}</pre>}
        {now.file != null && <p className="text-12 text-muted">{t("mail.filed", { file: now.file })}</p>}
        <p className="text-12 text-muted">{t("mail.withheld")}</p>
      </div>
    </Dialog>
  );
}
