import { useRef } from "react";
import type { Rooftop } from "@/api/types";
import { formatCount } from "@/i18n/count";
import { t } from "@/i18n/text";
import { CELL, HEAD, ROW, TABLE } from "@/ui/list-page";
import { useRowKeys } from "@/ui/use-row-keys";
import type { Column } from "./columns";
import type { Sort } from "./filter";
import { Cell, StoreName, type ListProps } from "./rooftop";

const BLOCKS = ["people", "desk", "compliance", "settings"] as const;
/** Begins a block of columns. */
const EDGE = "border-l border-l-line";
/** So many columns stand closer together, and their names take two lines. */
const CLOSE = "px-2! whitespace-normal!";

/** Where there is room: a row for each store, and what they add up to. */
export function RooftopTable({ rows, columns, filter, onFilter, entrance, onEnter, isBusy }: ListProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  const sort = filter.sort ?? "name";
  const isDown = filter.down === true;
  const by = (key: Sort) => onFilter(key === sort ? { down: !isDown || undefined } : { sort: key === "name" ? undefined : key, down: key === "name" ? undefined : true });
  const head = { sort, isDown, by };
  const edge = (column: Column, index: number) => (columns[index - 1]?.block === column.block ? "" : EDGE);
  return (
    <table aria-label={t("nav.group")} className={TABLE}>
      <thead>
        <tr>
          <Heading {...head} column="name" />
          {BLOCKS.map((block) => {
            const wide = columns.filter((column) => column.block === block).length;
            return (
              wide > 0 && (
                <th key={block} scope="colgroup" colSpan={wide} className={`${HEAD} ${CLOSE} h-6! border-b-0! ${EDGE}`}>
                  {t(`group.block.${block}`)}
                </th>
              )
            );
          })}
        </tr>
        <tr>
          {columns.map((column, index) => (
            <Heading key={column.key} {...head} column={column.key} edge={edge(column, index)} isNumber={column.text === undefined} />
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row) => (
          <tr key={row.id} className={ROW}>
            <th scope="row" className={`${CELL} py-1 text-left font-normal`}>
              <StoreName row={row} entrance={entrance(row.id)} onEnter={onEnter} isBusy={isBusy} />
            </th>
            {columns.map((column, index) => (
              <td key={column.key} className={`${CELL} ${CLOSE} ${edge(column, index)} ${column.text === undefined ? "text-right" : ""}`}>
                <Cell column={column} row={row} />
                {column.bar === true && rows.length > 1 && <Bar column={column} row={row} rows={rows} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {rows.length > 1 && <Totals rows={rows} columns={columns} edge={edge} />}
    </table>
  );
}

interface HeadingProps {
  column: Sort;
  sort: Sort;
  isDown: boolean;
  by: (key: Sort) => void;
  edge?: string;
  isNumber?: boolean;
}

/** A column's name, which puts the rows in its order; once more turns them round. */
function Heading({ column, sort, isDown, by, edge = "", isNumber = false }: HeadingProps) {
  const isSorted = column === sort;
  return (
    <th
      scope="col"
      // The stores' names stand beside both rows of headings.
      rowSpan={column === "name" ? 2 : undefined}
      aria-sort={isSorted ? (isDown ? "descending" : "ascending") : undefined}
      className={`${HEAD} align-bottom ${column === "name" ? "" : `${CLOSE} top-6!`} ${edge} ${isNumber ? "text-right!" : ""}`}
    >
      <button type="button" onClick={() => by(column)} className={`touchable min-h-6 rounded-sm hover:text-ink ${isNumber ? "text-right" : "text-left"}`}>
        {t(`group.column.${column}`)}
        {isSorted && <span aria-hidden="true">{isDown ? " ↓" : " ↑"}</span>}
      </button>
    </th>
  );
}

/** How a figure compares with the greatest of its column, for the eye. */
function Bar({ column, row, rows }: { column: Column; row: Rooftop; rows: readonly Rooftop[] }) {
  const most = Math.max(...rows.map(column.value));
  const share = most > 0 ? column.value(row) / most : 0;
  return (
    <span aria-hidden="true" className="block h-1 min-w-12 rounded-sm bg-sunken">
      <span className="ml-auto block h-full rounded-sm bg-accent" style={{ width: `${100 * share}%` }} />
    </span>
  );
}

function Totals({ rows, columns, edge }: { rows: readonly Rooftop[]; columns: readonly Column[]; edge: (column: Column, index: number) => string }) {
  return (
    <tfoot>
      <tr className="font-medium">
        <th scope="row" className={`${CELL} text-left font-medium`}>
          {t("group.total", { count: rows.length })}
        </th>
        {columns.map((column, index) => (
          <td key={column.key} className={`${CELL} ${CLOSE} ${edge(column, index)} text-right`}>
            {column.adds === true && formatCount(rows.reduce((sum, row) => sum + column.value(row), 0))}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
