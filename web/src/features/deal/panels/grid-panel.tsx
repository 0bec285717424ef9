import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Column } from "@/api/types";
import type { Cell, Grid } from "@/engine/operations";
import { formatMoney } from "@/i18n/money";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { IconButton } from "@/ui/button";
import { cx } from "@/ui/class-names";
import { SelectField, TextField } from "@/ui/field";
import { Icon } from "@/ui/icon";
import { Kbd } from "@/ui/kbd";
import { columnName, isReady } from "../worksheet/columns";
import { useDesk } from "../worksheet/desk-context";
import { applyValues, askGrid, axisValues, cellAt, firstLayout, usualText, type Answer, type Layout } from "./grid";
import { axesOf, kindOf, labelOf, writeVariable, type GridVariable } from "../worksheet/variables";

/** A column over two or three of its variables at once, below the ways to pay. */
export function GridPanel({ onClose }: { onClose: () => void }) {
  const { sheet, activeColumn } = useDesk();
  const able = sheet.input.columns.filter((column) => column.kind !== "cash" && isReady(column));
  const [chosen, setChosen] = useState<string>();
  const column = able.find(({ id }) => id === (chosen ?? activeColumn)) ?? able[0];
  return (
    <section aria-label={t("grid.title")} className="flex max-h-[45dvh] shrink-0 flex-col overflow-auto border-t border-edge bg-panel px-4 pt-2 pb-4 max-md:max-h-[60dvh]">
      <div className="flex items-center gap-3">
        <h2 className="text-15 font-semibold">{t("grid.title")}</h2>
        <span className="ml-auto flex items-center gap-2 text-12 text-muted">
          <span className="flex items-center gap-1 max-md:hidden">
            <Kbd combo="ArrowUp" />
            <Kbd combo="ArrowDown" />
            <Kbd combo="ArrowLeft" />
            <Kbd combo="ArrowRight" />
            {t("grid.keys")}
          </span>
          <Kbd combo="Escape" />
          <IconButton label={t("word.close")} onClick={onClose}>
            <Icon name="close" />
          </IconButton>
        </span>
      </div>
      {column === undefined ? (
        <p className="text-muted">{t("grid.noColumn")}</p>
      ) : (
        <ColumnGrid key={`${column.id} ${column.kind}`} column={column} able={able} onColumn={setChosen} />
      )}
    </section>
  );
}

function ColumnGrid({ column, able, onColumn }: { column: Column; able: readonly Column[]; onColumn: (id: string) => void }) {
  const { sheet, computed, dispatch, editable, fixed } = useDesk();
  const [layout, setLayout] = useState<Layout>(() => firstLayout(column));
  const [texts, setTexts] = useState<Partial<Record<GridVariable, string>>>({});
  const [layerValue, setLayerValue] = useState<string>();
  // The figures of the desk come first; the grid follows when there is time.
  const input = useDeferredValue(sheet.input);
  const tools = computed.tools;
  const index = input.columns.findIndex(({ id }) => id === column.id);
  const choices = axesOf(column, fixed);

  const axis = (variable: GridVariable) => axisValues(input, index, variable, texts[variable] ?? usualText(column, variable));
  const rows = axis(layout.rows);
  const columns = axis(layout.columns);
  const layers = layout.layer === undefined ? undefined : axis(layout.layer);
  const layer = layers?.values.find((value) => value === layerValue) ?? layers?.own ?? layers?.values[0];
  const asked = JSON.stringify([rows.values, columns.values, layer, layout]);
  const answer: Answer | undefined = useMemo(() => {
    if (tools === undefined || index < 0) return undefined;
    return askGrid(tools, input, column, {
      rows: [layout.rows, rows.values],
      columns: [layout.columns, columns.values],
      layer: layout.layer === undefined || layer === undefined ? undefined : [layout.layer, layer],
    });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `asked` stands for what the axes hold
  }, [tools, input, column, index, asked]);

  const pick = (part: keyof Layout) => (value: string) => {
    const variable = choices.find((choice) => choice === value);
    setLayerValue(undefined);
    setLayout((before) => placed(before, part, variable));
  };
  const write = (variable: GridVariable, value: string) => writeVariable(value, kindOf(column, variable));
  const apply = (row: number, at: number) => {
    const [rowValue, columnValue] = [rows.values[row], columns.values[at]];
    if (!editable || rowValue === undefined || columnValue === undefined || answer?.ok !== true) return;
    const cell = cellAt(answer.grid, row, at);
    if (cell === undefined || "error" in cell) return;
    const values: [GridVariable, string][] = [
      [layout.rows, rowValue],
      [layout.columns, columnValue],
      ...(layout.layer === undefined || layer === undefined ? [] : [[layout.layer, layer] as [GridVariable, string]]),
    ];
    dispatch({ type: "changed", change: applyValues(index, values) });
    announce(t("grid.applied", { values: values.map(([variable, value]) => `${labelOf(variable)} ${write(variable, value)}`).join(", ") }));
  };
  const named = choices.map((variable) => ({ value: variable, label: labelOf(variable) }));
  const axes: { part: keyof Layout; variable: GridVariable | undefined; unread: string[] }[] = [
    { part: "rows", variable: layout.rows, unread: rows.unread },
    { part: "columns", variable: layout.columns, unread: columns.unread },
    { part: "layer", variable: layout.layer, unread: layers?.unread ?? [] },
  ];
  return (
    <div className="flex flex-col gap-3 pt-2">
      {/* On a phone the payments come first, and what lies along their sides below them. */}
      <div className="grid shrink-0 auto-cols-fr grid-flow-col items-start gap-4 max-md:order-last max-md:grid-flow-row">
        {able.length > 1 && (
          <SelectField
            label={t("grid.forColumn")}
            value={column.id}
            onChange={(event) => onColumn(event.target.value)}
            choices={able.map((one) => ({ value: one.id, label: columnName(one) }))}
          />
        )}
        {axes.map(({ part, variable, unread }) => (
          <div key={part} className="flex items-start gap-2 *:min-w-0 *:flex-1">
            <SelectField
              label={t(`grid.${part}`)}
              value={variable ?? ""}
              onChange={(event) => pick(part)(event.target.value)}
              choices={part === "layer" ? [{ value: "", label: t("grid.layer.none") }, ...named] : named}
            />
            {variable !== undefined && (
              <TextField
                label={t("grid.values", { variable: labelOf(variable) })}
                title={t("grid.values.hint")}
                error={unread.length === 0 ? undefined : t("grid.unread", { words: unread.join(" ") })}
                value={texts[variable] ?? usualText(column, variable)}
                onChange={(event) => setTexts((before) => ({ ...before, [variable]: event.target.value }))}
              />
            )}
          </div>
        ))}
      </div>
      <div className="flex min-w-0 grow flex-col gap-2">
        {layout.layer !== undefined && layers !== undefined && layer !== undefined && (
          <SelectLayer
            label={labelOf(layout.layer)}
            value={layer}
            onChange={setLayerValue}
            choices={layers.values.map((value) => ({
              value,
              label: layout.layer === undefined ? value : `${write(layout.layer, value)}${value === layers.own ? ` · ${t("grid.own")}` : ""}`,
            }))}
          />
        )}
        {answer?.ok === false && <p className="text-bad">{answer.errors[0]?.detail ?? answer.detail}</p>}
        {answer?.ok === true && (
          <Cells
            grid={answer.grid}
            name={t("grid.of", { rows: labelOf(layout.rows), columns: labelOf(layout.columns), column: columnName(column) })}
            rows={rows.values.map((value) => write(layout.rows, value))}
            columns={columns.values.map((value) => write(layout.columns, value))}
            ownRow={rows.values.indexOf(rows.own ?? "")}
            ownColumn={columns.values.indexOf(columns.own ?? "")}
            isOwnLayer={layers === undefined || layer === layers.own}
            corner={`${labelOf(layout.rows)} ↓  ${labelOf(layout.columns)} →`}
            onApply={apply}
          />
        )}
      </div>
    </div>
  );
}

/** A variable lies along one axis only: taking it from another swaps the two. */
function placed(before: Layout, part: keyof Layout, variable: GridVariable | undefined): Layout {
  const taken = (["rows", "columns", "layer"] as const).find((other) => other !== part && before[other] === variable && variable !== undefined);
  const next = { ...before, [part]: variable, ...(taken === undefined ? {} : { [taken]: before[part] }) } as Layout;
  return next.rows === undefined || next.columns === undefined ? before : next;
}

function SelectLayer({ label, value, onChange, choices }: { label: string; value: string; onChange: (value: string) => void; choices: { value: string; label: string }[] }) {
  return (
    <div className="max-w-64">
      <SelectField label={label} value={value} onChange={(event) => onChange(event.target.value)} choices={choices} />
    </div>
  );
}

interface CellsProps {
  grid: Grid;
  name: string;
  corner: string;
  rows: readonly string[];
  columns: readonly string[];
  ownRow: number;
  ownColumn: number;
  isOwnLayer: boolean;
  onApply: (row: number, column: number) => void;
}

/** One stop of Tab; the arrows walk, Enter takes. */
function Cells({ grid, name, corner, rows, columns, ownRow, ownColumn, isOwnLayer, onApply }: CellsProps) {
  const table = useRef<HTMLTableElement>(null);
  const [walked, setWalked] = useState<[number, number]>();
  const own: [number, number] = [Math.max(ownRow, 0), Math.max(ownColumn, 0)];
  const at = clamp(walked ?? own, rows.length, columns.length);
  useEffect(() => {
    // Opened by its key, the grid is where one goes on.
    const cell = table.current?.querySelector<HTMLElement>("td[tabindex='0']");
    cell?.focus({ preventScroll: true });
    const view = cell?.closest("div");
    if (cell != null && view != null) view.scrollLeft = cell.offsetLeft - (view.clientWidth - cell.clientWidth) / 2;
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onApply(at[0], at[1]);
    } else if (move !== undefined) {
      event.preventDefault();
      const next = clamp(move(at, rows.length, columns.length), rows.length, columns.length);
      setWalked(next);
      table.current?.querySelector<HTMLElement>(`[data-cell='${next.join(" ")}']`)?.focus();
    }
  };
  return (
    <div className="relative overflow-x-auto">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table that is walked cell by cell is what a grid is */}
      <table ref={table} role="grid" aria-label={name} onKeyDown={onKeyDown} className="border-separate border-spacing-0">
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 bg-panel pr-3 text-left text-12 font-normal text-muted">
              {corner}
            </th>
            {columns.map((column, place) => (
              <th key={column} scope="col" className={cx("h-8 px-2 text-right font-medium", place === ownColumn && "text-accent")}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowAt) => (
            <tr key={row}>
              <th scope="row" className={cx("sticky left-0 bg-panel pr-3 text-right font-medium", rowAt === ownRow && "text-accent")}>
                {row}
              </th>
              {columns.map((column, columnAt) => {
                const isOwn = isOwnLayer && rowAt === ownRow && columnAt === ownColumn;
                return (
                  <td
                    key={column}
                    data-cell={`${rowAt} ${columnAt}`}
                    tabIndex={rowAt === at[0] && columnAt === at[1] ? 0 : -1}
                    aria-current={isOwn || undefined}
                    onFocus={() => setWalked([rowAt, columnAt])}
                    onClick={() => onApply(rowAt, columnAt)}
                    className={cx(
                      "touchable h-8 cursor-pointer rounded-sm border px-2 text-right whitespace-nowrap hover:bg-sunken focus:bg-sunken",
                      isOwn ? "border-accent bg-accent-soft font-semibold" : "border-transparent",
                    )}
                  >
                    <CellText cell={cellAt(grid, rowAt, columnAt)} />
                    {isOwn && <span className="sr-only"> {t("grid.own")}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {grid.cells.some((cell) => "notices" in cell && (cell.notices?.length ?? 0) > 0) && <p className="pt-1 text-12 text-muted">! {t("grid.notices")}</p>}
    </div>
  );
}

function CellText({ cell }: { cell: Cell | undefined }) {
  if (cell === undefined) return null;
  if ("error" in cell) {
    return (
      <span className="text-muted" title={cell.error.detail}>
        <span aria-hidden>–</span>
        <span className="sr-only">{t("grid.refused")}: {cell.error.detail}</span>
      </span>
    );
  }
  return (
    <>
      {cell.notices !== undefined && cell.notices.length > 0 && <span className="text-wait">! </span>}
      {formatMoney(cell.payment ?? cell.dueAtSigning)}
    </>
  );
}

type Place = [number, number];

const MOVES: Record<string, (at: Place, rows: number, columns: number) => Place> = {
  ArrowUp: ([row, column]) => [row - 1, column],
  ArrowDown: ([row, column]) => [row + 1, column],
  ArrowLeft: ([row, column]) => [row, column - 1],
  ArrowRight: ([row, column]) => [row, column + 1],
  Home: ([row]) => [row, 0],
  End: ([row], _, columns) => [row, columns - 1],
  PageUp: ([, column]) => [0, column],
  PageDown: ([, column], rows) => [rows - 1, column],
};

function clamp([row, column]: Place, rows: number, columns: number): Place {
  return [Math.min(Math.max(row, 0), Math.max(rows - 1, 0)), Math.min(Math.max(column, 0), Math.max(columns - 1, 0))];
}
