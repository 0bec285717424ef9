import { formatCount } from "@/i18n/count";
import { t } from "@/i18n/text";
import { CheckField, SelectField } from "@/ui/field";
import { ROW } from "@/ui/list-page";
import { SORTS, type Sort } from "./filter";
import { Cell, StoreName, type ListProps } from "./rooftop";

/** On a phone: a card for each store, since so many columns fit nowhere there. */
export function RooftopCards({ rows, columns, filter, onFilter, entrance, onEnter, isBusy }: ListProps) {
  const keys: Sort[] = SORTS.filter((key) => key === "name" || columns.some((column) => column.key === key));
  const adding = columns.filter(({ adds }) => adds === true);
  return (
    <>
      {rows.length > 1 && (
        <div className="flex flex-wrap items-end gap-3 border-b border-line px-4 pb-3">
          <SelectField
            label={t("group.sort")}
            value={filter.sort ?? "name"}
            onChange={(event) => {
              const key = keys.find((candidate) => candidate === event.target.value);
              onFilter({ sort: key === "name" ? undefined : key });
            }}
            choices={keys.map((key) => ({ value: key, label: t(`group.column.${key}`) }))}
          />
          <CheckField label={t("group.sort.down")} checked={filter.down === true} onChange={(event) => onFilter({ down: event.target.checked || undefined })} />
        </div>
      )}
      <ul aria-label={t("nav.group")}>
        {rows.map((row) => (
          <li key={row.id} className={`${ROW} border-b border-line px-4 py-3`}>
            <h2 className="text-15">
              <StoreName row={row} entrance={entrance(row.id)} onEnter={onEnter} isBusy={isBusy} />
            </h2>
            <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
              {columns.map((column) => (
                <div key={column.key} className="contents">
                  <dt className="text-muted">{t(`group.column.${column.key}`)}</dt>
                  <dd className="text-right">
                    <Cell column={column} row={row} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
      {rows.length > 1 && (
        <section aria-label={t("group.total", { count: rows.length })} className="px-4 py-3">
          <h2 className="text-15 font-medium">{t("group.total", { count: rows.length })}</h2>
          <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            {adding.map((column) => (
              <div key={column.key} className="contents">
                <dt className="text-muted">{t(`group.column.${column.key}`)}</dt>
                <dd className="text-right">{formatCount(rows.reduce((sum, row) => sum + column.value(row), 0))}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}
