import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { dealsQuery, type DealFilter } from "@/api/queries";
import { may, useSession } from "@/api/session";
import type { DealState } from "@/api/types";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { LinkButton } from "@/ui/link-button";
import { ListPage } from "@/ui/list-page";
import { MoreButton } from "@/ui/more-button";
import { SearchField } from "@/ui/search-field";
import { DealTable } from "./deal-table";

const STATES: readonly DealState[] = ["draft", "submitted", "approved", "rejected", "closed", "cancelled", "reopened"];

interface Props {
  filter: DealFilter;
  onFilter: (part: DealFilter) => void;
}

/** Every live deal of the store. */
export function DeskLog({ filter, onFilter }: Props) {
  const list = useSuspenseInfiniteQuery(dealsQuery(filter));
  const deals = list.data.pages.flatMap((page) => page.items);
  const start = may(useSession(), "deal.create") ? (
    <LinkButton to="/deals/new" combo="n">
      {t("desk.new")}
    </LinkButton>
  ) : undefined;
  const filtered = (filter.q ?? "") !== "" || filter.state !== undefined;
  return (
    <ListPage
      title={t("desk.title")}
      filters={
        <>
          <SearchField label={t("desk.search")} value={filter.q ?? ""} onChange={(q) => onFilter({ q: q || undefined })} />
          <StageFilter state={filter.state} onChange={(state) => onFilter({ state })} />
        </>
      }
      action={start}
    >
      {deals.length > 0 ? (
        <>
          <DealTable deals={deals} />
          <MoreButton shown={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      ) : filtered ? (
        <Empty
          title={t("desk.none")}
          action={<Button onClick={() => onFilter({ q: undefined, state: undefined })}>{t("desk.clear")}</Button>}
        />
      ) : (
        <Empty title={t("desk.empty.title")} action={start}>
          {t("desk.empty.text")}
        </Empty>
      )}
    </ListPage>
  );
}

function StageFilter({ state, onChange }: { state: DealState | undefined; onChange: (state: DealState | undefined) => void }) {
  return (
    <select
      aria-label={t("desk.stage")}
      value={state ?? ""}
      onChange={(event) => onChange(STATES.find((candidate) => candidate === event.target.value))}
      className="touchable h-8 rounded-sm border border-edge bg-raised px-2 pointer-coarse:text-18"
    >
      <option value="">{t("desk.stage.all")}</option>
      {STATES.map((candidate) => (
        <option key={candidate} value={candidate}>
          {t(`deal.state.${candidate}`)}
        </option>
      ))}
    </select>
  );
}
