import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import type { Deal, Pencil } from "@/api/types";
import type { Comparison, Line } from "@/engine/operations";
import { formatValue } from "@/i18n/quantity";
import { t, textOf } from "@/i18n/text";
import { Button } from "@/ui/button";
import { DifferenceTable } from "@/ui/difference-table";
import { SelectField } from "@/ui/field";
import { inputDifferences, pathName, resultDifferences } from "../figures/compare";
import { columnName } from "../worksheet/columns";
import { useDesk } from "../worksheet/desk-context";
import { pencilQuery } from "./pencil-query";

interface Props {
  deal: Deal;
  /** Puts an older pencil on the desk; absent where the reader may not pencil. */
  onLoad: ((pencil: Pencil) => void) | undefined;
}

/** Two pencils against each other: what was typed otherwise, what became of it, and which change did what. */
export function PencilCompare({ deal, onLoad }: Props) {
  const newest = deal.pencils[0]?.id ?? "";
  const [chosen, setChosen] = useState<{ before?: string; after?: string }>({});
  const after = chosen.after ?? newest;
  const before = chosen.before ?? deal.pencils[1]?.id ?? newest;
  const [one, other] = useQueries({ queries: [pencilQuery(deal.id, before), pencilQuery(deal.id, after)] });
  const choices = deal.pencils.map(({ id, number }) => ({ value: id, label: t("deal.pencilNumber", { number }) }));
  const failed = one.error ?? other.error;
  return (
    <section aria-label={t("pencils.compare")} className="flex flex-col gap-2">
      <h3 className="font-semibold">{t("pencils.compare")}</h3>
      <div className="grid grid-cols-2 gap-2">
        <SelectField label={t("pencils.before")} value={before} onChange={(event) => setChosen((now) => ({ ...now, before: event.target.value }))} choices={choices} />
        <SelectField label={t("pencils.after")} value={after} onChange={(event) => setChosen((now) => ({ ...now, after: event.target.value }))} choices={choices} />
      </div>
      {failed !== null && <p className="text-bad">{failed.message}</p>}
      {one.data !== undefined && other.data !== undefined && <Differences before={one.data} after={other.data} />}
      {onLoad !== undefined && one.data !== undefined && one.data.id !== newest && (
        <div>
          <Button onClick={() => onLoad(one.data)}>{t("pencils.load", { number: one.data.number })}</Button>
        </div>
      )}
    </section>
  );
}

function Differences({ before, after }: { before: Pencil; after: Pencil }) {
  const inputs = inputDifferences({ ...before.input, columns: before.input.columns ?? [] }, { ...after.input, columns: after.input.columns ?? [] });
  const figures = resultDifferences(before.result, after.result);
  if (inputs.length === 0 && figures.length === 0) return <p className="text-muted">{t("pencils.none")}</p>;
  const heads = (name: string): [string, string, string] => [name, t("deal.pencilNumber", { number: before.number }), t("deal.pencilNumber", { number: after.number })];
  return (
    <div className="flex flex-col gap-3 overflow-x-auto">
      <div>
        <h4 className="text-12 text-muted">{t("pencils.inputs")}</h4>
        {inputs.length === 0 && <p className="text-muted">{t("pencils.none")}</p>}
        <DifferenceTable caption={t("pencils.inputs")} heads={heads(t("error.stale.field"))} differences={inputs} />
      </div>
      <div>
        <h4 className="text-12 text-muted">{t("pencils.figures")}</h4>
        {figures.length === 0 && <p className="text-muted">{t("pencils.none")}</p>}
        <DifferenceTable caption={t("pencils.figures")} heads={heads(t("roll.figure"))} differences={figures} />
      </div>
      <Causes before={before} after={after} />
    </div>
  );
}

/** Which of the changes moved the payment by how much, for each column that both pencils have. */
function Causes({ before, after }: { before: Pencil; after: Pencil }) {
  const { tools } = useDesk().computed;
  if (tools === undefined) return null;
  const shared = (after.input.columns ?? []).filter((column) => (before.input.columns ?? []).some(({ id, kind }) => id === column.id && kind === column.kind));
  return shared.map((column) => {
    const scenario = ({ input, rates, number }: Pencil) => ({ label: String(number), input: { ...input, columns: input.columns ?? [] }, rates, column: column.id });
    const reply = tools.engine.call("compare", { scenarios: [scenario(before), scenario(after)] });
    const causes = reply.ok ? (reply.answer.others[0]?.causes ?? []) : [];
    const telling = causes.flatMap((cause) => {
      const line = cause.lines.find(({ path }) => path === (column.kind === "cash" ? "dueAtSigning" : "payment"));
      return line?.difference === undefined ? [] : [{ cause, line }];
    });
    if (telling.length === 0) return null;
    return (
      <div key={column.id}>
        <h4 className="text-12 text-muted">{t("pencils.causes", { column: columnName(column) })}</h4>
        <dl className="grid grid-cols-[1fr_auto] gap-x-3">
          {telling.map(({ cause, line }) => (
            <CauseLine key={cause.inputs.map(({ pointer }) => pointer).join(" ")} cause={cause} line={line} />
          ))}
        </dl>
        <p className="text-12 text-muted">{t("pencils.causes.hint")}</p>
      </div>
    );
  });
}

function CauseLine({ cause, line }: { cause: Comparison["others"][number]["causes"][number]; line: Line }) {
  const names = cause.inputs.map(({ pointer }) => pathName(pointer.replace(/^\/column\//, "/")));
  const difference = line.difference === undefined ? "" : formatValue(line.difference, line.path);
  return (
    <div className="col-span-2 grid grid-cols-subgrid">
      <dt>{names.length === 0 || names[0] === "Rates" ? t("pencils.cause.other") : names.join(", ")}</dt>
      <dd className="text-right">
        {textOf(line.label)} {difference.startsWith("−") ? difference : `+${difference}`}
      </dd>
    </div>
  );
}
