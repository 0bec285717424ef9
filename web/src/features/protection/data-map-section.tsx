import { useSuspenseQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { dataMapQuery } from "@/api/trail-queries";
import type { DataMap } from "@/api/types";
import { plural, t } from "@/i18n/text";
import { Badge, type Tone } from "@/ui/badge";
import { CONTROL } from "@/ui/field";
import { SearchField } from "@/ui/search-field";
import { fitting } from "./fitting";

type Table = DataMap["tables"][number];

/** Every column with its class; a table opens to its columns. */
export function DataMapSection() {
  const heading = useId();
  const { classes, tables } = useSuspenseQuery(dataMapQuery).data;
  const [q, setQ] = useState("");
  const [wanted, setWanted] = useState("");
  const found = fitting(tables, q, wanted);
  const narrowed = q !== "" || wanted !== "";
  const sealed = new Set(classes.filter((known) => known.sealed).map(({ name }) => name));
  const toneOf = (name: string | undefined): Tone =>
    name === undefined || sealed.has(name) ? "bad" : name === "NPI" || name === "secret" ? "wait" : "neutral";
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-3 max-md:pb-4">
      <h2 id={heading} className="text-15 font-semibold">
        {t("protection.map")}
      </h2>
      <p className="text-muted">{t("protection.map.lead")}</p>
      <div className="flex flex-wrap gap-2">
        <SearchField label={t("protection.map.search")} value={q} onChange={setQ} />
        <select
          aria-label={t("protection.map.class")}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          className={`${CONTROL} md:w-auto`}
        >
          <option value="">{t("protection.map.class.all")}</option>
          {classes.map(({ name, columns }) => (
            <option key={name} value={name}>
              {t("protection.map.class.of", { name, count: columns })}
            </option>
          ))}
        </select>
      </div>
      {wanted !== "" && <p className="text-muted">{classes.find(({ name }) => name === wanted)?.meaning}</p>}
      {found.length === 0 && <p className="text-muted">{t("protection.map.none")}</p>}
      <ul className="flex flex-col">
        {found.map((table) => (
          <li key={table.name} className="border-b border-line last:border-b-0">
            {/* Opens by itself when something was looked for. */}
            <details key={String(narrowed)} open={narrowed} className="group py-1.5">
              <summary className="touchable cursor-pointer">
                <span className="font-medium">{table.name}</span>
                <span className="ml-2 text-12 text-muted">{plural("protection.map.columns", table.columns.length)}</span>
                <span className="block text-12 text-muted">{table.holds}</span>
              </summary>
              <Columns table={table} toneOf={toneOf} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Columns({ table, toneOf }: { table: Table; toneOf: (name: string | undefined) => Tone }) {
  return (
    <div className="overflow-x-auto">
      <table aria-label={table.name} className="mt-1 w-full">
        <thead>
          <tr className="text-left text-12 text-muted">
            <th scope="col" className="pr-4 font-medium">{t("protection.map.column")}</th>
            <th scope="col" className="pr-4 font-medium max-md:hidden">{t("protection.map.type")}</th>
            <th scope="col" className="pr-4 font-medium">{t("protection.map.class")}</th>
            <th scope="col" className="font-medium">{t("protection.map.form")}</th>
          </tr>
        </thead>
        <tbody>
          {table.columns.map(({ name, type, class: of, form }) => (
            <tr key={name} className="align-top">
              <th scope="row" className="pr-4 text-left font-normal break-all">{name}</th>
              <td className="pr-4 text-muted max-md:hidden">{type}</td>
              <td className="pr-4">
                <Badge tone={toneOf(of ?? undefined)}>{of ?? t("protection.map.unclassed")}</Badge>
              </td>
              <td className="text-muted">{form ?? t("protection.map.clear")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
