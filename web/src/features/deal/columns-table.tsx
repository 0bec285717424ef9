import type { ReactNode } from "react";
import type { Column, ColumnResult } from "@/api/types";
import { t, textOf } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Menu, MenuItem } from "@/ui/menu";
import { addColumn, columnName, headline, MOST_COLUMNS } from "./columns";
import { ColumnName, ColumnTerms } from "./column-head";
import { useDesk } from "./desk-context";
import { Figure } from "./figure";
import { COMMON_ROWS, DETAIL_ROWS, GROSS_ROWS, isShown, taxLineIds, type Row } from "./figures";

interface Shown {
  column: Column;
  index: number;
  result: ColumnResult | undefined;
}

/** The ways to pay side by side: terms, the common figures, what the customer pays, and what only one way has. */
export function ColumnsTable({ only }: { only?: string | undefined }) {
  const { sheet, computed, editable } = useDesk();
  const shown: Shown[] = sheet.input.columns
    .map((column, index) => ({
      column,
      index,
      result: computed.result?.columns.find((candidate) => candidate.id === column.id && candidate.kind === column.kind),
    }))
    .filter(({ column }) => only === undefined || column.id === only);
  const results = shown.flatMap(({ result }) => result ?? []);
  const taxLines = taxLineIds(results);
  return (
    <section aria-label={t("deal.columns")} className="overflow-x-auto px-4 pb-4">
      <table className="w-full border-separate border-spacing-0">
        <thead>
          <tr>
            <td className="h-10 border-b border-line">{editable && <AddColumn />}</td>
            {shown.map(({ column, index }) => (
              <th key={column.id} scope="col" className="border-b border-line pl-4 text-right">
                <ColumnName column={column} index={index} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <td className="border-b border-line" />
            {shown.map(({ column, index }) => (
              <td key={column.id} className="min-w-48 border-b border-line py-1 pl-4 align-top">
                <ColumnTerms column={column} index={index} />
              </td>
            ))}
          </tr>
          {COMMON_ROWS.filter((row) => isShown(row, results)).map((row) => (
            <FigureRow key={row.path} row={row} shown={shown} name={textOf(`figure.${row.path}`)}>
              {row.path === "tax.total" && taxLines.length > 1
                ? taxLines.map((line) => (
                    <FigureRow key={line.id} row={{ path: `tax.${line.id}` }} shown={shown} name={line.name} minor />
                  ))
                : null}
            </FigureRow>
          ))}
          <tr>
            <th scope="row" className="border-t border-edge pt-2 pr-2 text-left align-top font-semibold">
              {t("row.payment")}
            </th>
            {shown.map(({ column, result }) => (
              <td key={column.id} className="border-t border-edge pt-1.5 pl-4 text-right align-top">
                <Payment column={column} result={result} />
              </td>
            ))}
          </tr>
          <tr>
            <td />
            {shown.map(({ column, result }) => (
              <td key={column.id} className="pt-1 pl-4 align-top">
                {result !== undefined && <Details result={result} name={columnName(column)} />}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function FigureRow({ row, shown, name, minor = false, children }: { row: Row; shown: readonly Shown[]; name: string; minor?: boolean; children?: ReactNode }) {
  return (
    <>
      <tr className={minor ? "text-12 text-muted" : ""}>
        <th scope="row" className={`h-7 pr-2 text-left font-normal ${minor ? "pl-3 text-12" : "text-muted"}`}>
          <span className="inline-flex items-center gap-2">
            {name}
            {minor && shown.some(({ result }) => isUnverified(result, row.path)) && (
              <Badge tone="wait" why={t("why.unverified.why")}>
                {t("why.unverified")}
              </Badge>
            )}
          </span>
        </th>
        {shown.map(({ column, result }) => (
          <td key={column.id} className="pl-4 text-right">
            {result !== undefined && <Figure result={result} row={row} columnName={columnName(column)} name={name} />}
          </td>
        ))}
      </tr>
      {children}
    </>
  );
}

function isUnverified(result: ColumnResult | undefined, path: string): boolean {
  return result?.tax.lines.some((line) => `tax.${line.id}` === path && !line.verified) ?? false;
}

function Payment({ column, result }: { column: Column; result: ColumnResult | undefined }) {
  if (result === undefined) return <p className="py-1 text-muted">{t("column.noRate")}</p>;
  const { path, monthly } = headline(result);
  return <Figure result={result} row={{ path }} columnName={columnName(column)} tabStop large suffix={monthly ? t("column.perMonth") : ""} />;
}

function Details({ result, name }: { result: ColumnResult; name: string }) {
  const rows = [...DETAIL_ROWS[result.kind], ...(result.gross == null ? [] : GROSS_ROWS)].filter((row) => isShown(row, [result]));
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-3">
      {rows.map((row) => (
        <div key={row.path} className="col-span-2 grid grid-cols-subgrid items-center">
          <dt className="truncate text-12 text-muted">{textOf(`figure.${row.path}`)}</dt>
          <dd className="text-right">
            <Figure result={result} row={row} columnName={name} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function AddColumn() {
  const { sheet, dispatch } = useDesk();
  if (sheet.input.columns.length >= MOST_COLUMNS) return null;
  const add = (kind: Column["kind"]) => () => dispatch({ type: "changed", change: addColumn(kind) });
  return (
    <Menu label={t("column.add")} align="start" trigger={<span className="text-muted">{t("column.add")}</span>}>
      {!sheet.input.columns.some((column) => column.kind === "cash") && (
        <MenuItem onSelect={add("cash")}>{t("column.cash")}</MenuItem>
      )}
      <MenuItem onSelect={add("finance")}>{t("column.finance")}</MenuItem>
      <MenuItem onSelect={add("lease")}>{t("column.lease")}</MenuItem>
    </Menu>
  );
}
