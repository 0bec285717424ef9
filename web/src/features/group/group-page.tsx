import "./texts";
import { useSuspenseQuery } from "@tanstack/react-query";
import { groupQuery } from "@/api/group";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useSession } from "@/api/session";
import type { Session } from "@/api/types";
import { useSwitchStore } from "@/api/use-switch-store";
import { plural, t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Empty } from "@/ui/empty";
import { ListPage } from "@/ui/list-page";
import { SearchField } from "@/ui/search-field";
import { Segmented } from "@/ui/segmented";
import { useIsWide } from "@/ui/use-media";
import { arrange } from "./arrange";
import { columnsOf } from "./columns";
import type { GroupFilter } from "./filter";
import type { Entrance } from "./rooftop";
import { RooftopCards } from "./rooftop-cards";
import { RooftopTable } from "./rooftop-table";

interface Props {
  filter: GroupFilter;
  onFilter: (part: GroupFilter) => void;
  /** Leads on when another store was entered. */
  onEntered: (session: Session) => Promise<void>;
}

const ALL = "all";

/** All stores of the group side by side. */
export function GroupPage({ filter, onFilter, onEntered }: Props) {
  const { data } = useSuspenseQuery(groupQuery);
  const session = useSession();
  const isWide = useIsWide();
  const enter = useSwitchStore(onEntered);
  const { show } = filter;
  const rows = arrange(data.items, filter);
  const several = data.items.length > 1;
  const problem = enter.error === null ? undefined : problemText(asApiError(enter.error));
  const entrance = (id: string): Entrance => {
    if (id === session.dealership.id) return "here";
    return session.stores.some((store) => store.id === id) ? "open" : "closed";
  };
  const list = {
    rows,
    columns: columnsOf(data.items),
    filter,
    onFilter,
    entrance,
    onEnter: (id: string) => (id === session.dealership.id ? void onEntered(session) : enter.mutate(id)),
    isBusy: enter.isPending,
  };
  return (
    <ListPage
      title={t("nav.group")}
      filters={
        several && (
          <>
            <SearchField label={t("group.search")} value={filter.q ?? ""} onChange={(q) => onFilter({ q: q || undefined })} />
            <Segmented
              label={t("group.show")}
              value={show ?? ALL}
              onChange={(shown) => onFilter({ show: shown === ALL ? undefined : shown })}
              choices={[
                { value: ALL, label: t("word.all") },
                { value: "attention", label: t("group.show.attention") },
                { value: "differs", label: t("group.show.differs") },
              ]}
            />
          </>
        )
      }
    >
      <p className="px-4 py-2 text-muted">
        {plural("group.lead", data.items.length)} {rows.some(({ differs }) => differs.length > 0) && t("group.unusual")}
      </p>
      {problem !== undefined && (
        <div className="px-4 pb-2">
          <Banner tone="bad" title={problem.message} />
        </div>
      )}
      {rows.length === 0 ? (
        <Empty title={t(show === undefined || (filter.q ?? "") !== "" ? "group.none" : `group.none.${show}`)} />
      ) : isWide ? (
        <RooftopTable {...list} />
      ) : (
        <RooftopCards {...list} />
      )}
    </ListPage>
  );
}
