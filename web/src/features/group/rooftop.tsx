// What the table and the cards have in common: a store's name and a cell.
import type { Rooftop } from "@/api/types";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { ROW_LINK } from "@/ui/list-page";
import { cellText, isUnusual, placeText, type Column } from "./columns";
import type { GroupFilter } from "./filter";

/** Whether one works in a store: in this one now, in it too, or not. */
export type Entrance = "here" | "open" | "closed";

export interface ListProps {
  rows: readonly Rooftop[];
  columns: readonly Column[];
  filter: GroupFilter;
  onFilter: (part: GroupFilter) => void;
  entrance: (id: string) => Entrance;
  onEnter: (id: string) => void;
  isBusy: boolean;
}

/** The store's name, which leads into its administration where one works there, and where it stands. */
export function StoreName({ row, entrance, onEnter, isBusy }: { row: Rooftop; entrance: Entrance; onEnter: (id: string) => void; isBusy: boolean }) {
  return (
    <>
      {entrance === "closed" ? (
        <span className="font-medium">{row.name}</span>
      ) : (
        <button type="button" data-row-link disabled={isBusy} aria-label={t("group.enter", { name: row.name })} onClick={() => onEnter(row.id)} className={`${ROW_LINK} text-left`}>
          {row.name}
        </button>
      )}
      {entrance === "here" && <Here />}
      <span className="block text-12 font-normal text-muted">
        {placeText(row)}
        {entrance === "closed" && ` · ${t("group.outside")}`}
      </span>
    </>
  );
}

function Here() {
  return (
    <>
      {" "}
      <Badge>{t("group.here")}</Badge>
    </>
  );
}

/** A figure or a setting; what asks for somebody and what is unusual is marked, in words too. */
export function Cell({ column, row }: { column: Column; row: Rooftop }) {
  const text = cellText(column, row);
  if (isUnusual(column, row)) {
    return (
      <Badge tone="accent">
        {text}
        <span className="sr-only">, {t("group.differs")}</span>
      </Badge>
    );
  }
  return column.asks?.(row) === true ? <Badge tone="wait">{text}</Badge> : text;
}
