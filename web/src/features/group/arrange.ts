// Which stores are shown, in which order.
import type { Rooftop } from "@/api/types";
import { columnsOf, placeText } from "./columns";
import type { GroupFilter } from "./filter";

/** Whether something of the store asks for somebody. */
export function asksForSomebody(row: Rooftop): boolean {
  return columnsOf([row]).some(({ asks }) => asks?.(row) === true);
}

export function arrange(rows: readonly Rooftop[], { q, show, sort, down }: GroupFilter): Rooftop[] {
  const wanted = (q ?? "").trim().toLowerCase();
  const shown = rows.filter(
    (row) =>
      `${row.name} ${placeText(row)}`.toLowerCase().includes(wanted) &&
      (show !== "attention" || asksForSomebody(row)) &&
      (show !== "differs" || row.differs.length > 0),
  );
  const column = columnsOf(rows).find(({ key }) => key === sort);
  const byName = (one: Rooftop, other: Rooftop) => one.name.localeCompare(other.name, "en");
  const compare = (one: Rooftop, other: Rooftop) => {
    const [a, b] = column === undefined ? [0, 0] : [column.value(one), column.value(other)];
    // Two that have no end are equal, which their difference is not.
    return (a === b ? 0 : a - b) || byName(one, other);
  };
  const sorted = shown.toSorted(compare);
  return down === true ? sorted.toReversed() : sorted;
}
