import { useInfiniteQuery } from "@tanstack/react-query";
import { historyQuery } from "@/api/queries";
import { useSession } from "@/api/session";
import type { Deal, HistoryItem, Pencil, PencilLine } from "@/api/types";
import { formatMoment } from "@/i18n/dates";
import { formatMoney } from "@/i18n/money";
import { PencilCompare } from "./pencil-compare";
import { plainChange } from "./plain-change";
import { t, textOf } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { MoreButton } from "@/ui/more-button";

/** Every pencil and every act, with who, when and why. */
export function HistoryPanel({ deal, onLoad }: { deal: Deal; onLoad: ((pencil: Pencil) => void) | undefined }) {
  const history = useInfiniteQuery(historyQuery(deal.id));
  const items = history.data?.pages.flatMap((page) => page.items);
  return (
    <div className="flex flex-col gap-4">
      <section aria-label={t("history.pencils")} className="flex flex-col gap-2">
        <h3 className="font-semibold">{t("history.pencils")}</h3>
        {deal.pencils.length === 0 ? (
          <p className="text-muted">{t("history.none")}</p>
        ) : (
          <ol className="flex flex-col">
            {deal.pencils.map((pencil) => (
              <PencilEntry key={pencil.id} pencil={pencil} current={pencil.id === deal.current?.id} />
            ))}
          </ol>
        )}
      </section>
      {deal.pencils.length > 1 && <PencilCompare deal={deal} onLoad={onLoad} />}
      <section aria-label={t("history.actions")} className="flex flex-col gap-2">
        <h3 className="font-semibold">{t("history.actions")}</h3>
        <ol className="flex flex-col">
          {items?.map((item) => <HistoryEntry key={`${item.at} ${item.action}`} item={item} />)}
        </ol>
        {items?.length === 0 && <p className="text-muted">{t("history.nothing")}</p>}
        <MoreButton shown={history.hasNextPage} busy={history.isFetchingNextPage} onMore={() => void history.fetchNextPage()} />
      </section>
    </div>
  );
}

function PencilEntry({ pencil, current }: { pencil: PencilLine; current: boolean }) {
  const { dealership } = useSession();
  return (
    <li className="border-b border-line py-1.5 last:border-b-0">
      <p className="flex items-center justify-between gap-2">
        <span className="font-medium">{t("deal.pencilNumber", { number: pencil.number })}</span>
        {current && <Badge tone="accent">{t("history.current")}</Badge>}
        <span className="ml-auto">{formatMoney(pencil.price)}</span>
      </p>
      <p className="text-12 text-muted">
        {pencil.by.name}, {formatMoment(pencil.at, dealership.timeZone)}
      </p>
      <p className="text-12">
        {pencil.columns
          .map(({ kind, label, amount }) => `${label} ${formatMoney(amount)}${kind === "cash" ? "" : t("column.perMonth")}`)
          .join(" · ")}
      </p>
      {[pencil.reason, pencil.note].map((text) => text != null && text !== "" && <p key={text}>“{text}”</p>)}
    </li>
  );
}

function HistoryEntry({ item }: { item: HistoryItem }) {
  const { dealership } = useSession();
  return (
    <li className="border-b border-line py-1.5 last:border-b-0">
      <p className="flex items-baseline justify-between gap-2">
        <span className="font-medium">
          {item.copiedFrom == null ? textOf(`history.${item.action}`) : t("history.copiedFrom", { number: item.copiedFrom })}
          {item.pencilNumber != null && ` · ${t("deal.pencilNumber", { number: item.pencilNumber })}`}
        </span>
      </p>
      <p className="text-12 text-muted">
        {item.by?.name ?? t("history.system")}, {formatMoment(item.at, dealership.timeZone)}
      </p>
      {item.reason != null && item.reason !== "" && <p>“{item.reason}”</p>}
      {item.changes.length > 0 && (
        <ul className="text-12 text-muted">
          {item.changes.map((change) => (
            <li key={change.path}>{plainChange(change)}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
