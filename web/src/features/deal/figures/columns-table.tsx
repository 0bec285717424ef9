import { memo, type ReactNode } from "react";
import { offers, useSession } from "@/api/session";
import type { Column, ColumnResult } from "@/api/types";
import { t, textOf } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Menu, MenuItem } from "@/ui/menu";
import { addColumn, columnName, headline, isReady, MOST_COLUMNS } from "../worksheet/columns";
import { ColumnName, ColumnTerms } from "./column-head";
import { useDesk, type Desk } from "../worksheet/desk-context";
import { Figure } from "./figure";
import { COMMON_ROWS, DETAIL_ROWS, GROSS_ROWS, isShown, taxRows, type Row } from "./figures";

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
  return (
    <section aria-label={t("deal.columns")} className="overflow-x-auto px-4 pb-4">
      <table style={{ minWidth: `${(only === undefined ? 10 : 9) + 10.5 * shown.length}rem` }} className="w-full table-fixed border-separate border-spacing-0">
        <thead>
          <tr>
            <th scope="col" className="h-10 w-36 border-b border-line text-left font-normal xl:w-48">
              <span className="sr-only">{t("save.differs.figure")}</span>
              {editable && <AddColumn />}
            </th>
            {shown.map(({ column, index }) => (
              <th key={column.id} scope="col" className="border-b border-line pl-4 text-right">
                <ColumnName column={column} index={index} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className="border-b border-line">
              <span className="sr-only">{t("row.terms")}</span>
            </th>
            {shown.map(({ column, index }) => (
              <td key={column.id} className="border-b border-line py-1 pl-4 align-top">
                <ColumnTerms column={column} index={index} />
              </td>
            ))}
          </tr>
          {COMMON_ROWS.filter((row) => isShown(row, results)).map((row) => (
            <FigureRow key={row.path} row={row} shown={shown} name={textOf(`figure.${row.path}`)}>
              {taxRows(results, row.path).map((line) => (
                <FigureRow key={line.path} row={line} shown={shown} name={line.name} unverified={line.unverified} minor />
              ))}
            </FigureRow>
          ))}
          <tr>
            <th scope="row" className="border-t border-edge pt-2 pr-2 text-left align-top font-semibold">
              {shown.every(({ column }) => column.kind === "cash") ? textOf("figure.balanceDue") : t("row.payment")}
            </th>
            {shown.map(({ column, result }) => (
              <td key={column.id} className="border-t border-edge pt-1.5 pl-4 text-right align-top">
                <Payment column={column} result={result} />
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">
              <span className="sr-only">{t("row.details")}</span>
            </th>
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

interface RowProps {
  row: Row;
  shown: readonly Shown[];
  name: string;
  /** A part of the row above. */
  minor?: boolean;
  unverified?: boolean;
  children?: ReactNode;
}

function FigureRow({ row, shown, name, minor = false, unverified = false, children }: RowProps) {
  return (
    <>
      <tr className={minor ? "text-12 text-muted" : ""}>
        <th scope="row" className={`h-7 pr-2 text-left font-normal ${minor ? "pl-3 text-12" : "text-muted"}`}>
          <span className="inline-flex flex-wrap items-center gap-x-2">
            {name}
            {unverified && (
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

function Payment({ column, result }: { column: Column; result: ColumnResult | undefined }) {
  if (result === undefined) return <p className="py-1 text-muted">{isReady(column) ? "–" : t("column.noRate")}</p>;
  const { path, monthly } = headline(result);
  return <Figure result={result} row={{ path }} columnName={columnName(column)} tabStop large suffix={monthly ? t("column.perMonth") : ""} />;
}

function Details({ result, name }: { result: ColumnResult; name: string }) {
  return (
    <>
      <FigureList rows={DETAIL_ROWS[result.kind]} result={result} name={name} />
      {result.gross != null && (
        <div className="mt-1.5 border-t border-line pt-1.5">
          <FigureList rows={GROSS_ROWS} result={result} name={name} />
        </div>
      )}
    </>
  );
}

function FigureList({ rows, result, name }: { rows: readonly Row[]; result: ColumnResult; name: string }) {
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-3">
      {rows
        .filter((row) => isShown(row, [result]))
        .map((row) => (
          <div key={row.path} className="col-span-2 grid grid-cols-subgrid items-center">
            <dt className="text-12 leading-4 text-muted">{textOf(`figure.${row.path}`)}</dt>
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
  const leases = offers(useSession(), "leases");
  if (sheet.input.columns.length >= MOST_COLUMNS) return null;
  return <AddMenu hasCash={sheet.input.columns.some((column) => column.kind === "cash")} leases={leases} dispatch={dispatch} />;
}

const AddMenu = memo(function AddMenu({ hasCash, leases, dispatch }: { hasCash: boolean; leases: boolean; dispatch: Desk["dispatch"] }) {
  const add = (kind: Column["kind"]) => () => dispatch({ type: "changed", change: addColumn(kind) });
  return (
    <Menu label={t("column.add")} align="start" trigger={<span className="text-muted">{t("column.add")}</span>}>
      {!hasCash && <MenuItem onSelect={add("cash")}>{t("column.cash")}</MenuItem>}
      <MenuItem onSelect={add("finance")}>{t("column.finance")}</MenuItem>
      {leases && <MenuItem onSelect={add("lease")}>{t("column.lease")}</MenuItem>}
    </Menu>
  );
});
