// What the customer takes home: one saved pencil, on paper. Nothing of what the store pays or earns is on it.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { letterheadQuery } from "@/api/queries";
import { useSession } from "@/api/session";
import type { Column, ColumnResult, Deal } from "@/api/types";
import { formatCount } from "@/i18n/count";
import { formatCivilDate } from "@/i18n/dates";
import { formatMoney } from "@/i18n/money";
import { t, textOf } from "@/i18n/text";
import { hoursLine } from "@/i18n/weekdays";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { CheckField } from "@/ui/field";
import { PageTitle } from "@/ui/page-title";
import { useShortcuts } from "@/ui/use-shortcuts";
import { columnName, headline } from "../worksheet/columns";
import { COMMON_ROWS, DETAIL_ROWS, formatSigned, isShown, taxRows, valueAt, type Row } from "../figures/figures";

type Current = NonNullable<Deal["current"]>;

export function Proposal({ deal }: { deal: Deal }) {
  const { current } = deal;
  if (current == null) {
    return (
      <div className="p-4">
        <PageTitle>{t("proposal.title")}</PageTitle>
        <h1 className="sr-only">{t("proposal.title")}</h1>
        <Empty title={t("proposal.none")} action={<BackLink dealId={deal.id} />}>
          {t("proposal.none.why")}
        </Empty>
      </div>
    );
  }
  return <Sheet deal={deal} current={current} />;
}

function BackLink({ dealId }: { dealId: string }) {
  return (
    <Link to="/deals/$dealId" params={{ dealId }} className="touchable inline-flex h-8 items-center underline underline-offset-4">
      {t("proposal.back")}
    </Link>
  );
}

interface Option {
  column: Column;
  result: ColumnResult;
}

function Sheet({ deal, current }: { deal: Deal; current: Current }) {
  const { dealership } = useSession();
  const head = useQuery(letterheadQuery).data;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const columns = current.input.columns ?? [];
  const all: Option[] = columns.flatMap((column) => {
    const result = current.result.columns.find(({ id }) => id === column.id);
    return result === undefined ? [] : [{ column, result }];
  });
  const shown = all.filter(({ column }) => !left.has(column.id));
  const print = () => window.print();
  useShortcuts([{ combos: ["F8", "p"], label: t("action.print"), group: t("shortcuts.deal"), run: print, action: true }]);
  return (
    <div className="min-h-full bg-sunken print:bg-transparent">
      <PageTitle>{`${t("proposal.title")} ${deal.number}`}</PageTitle>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line bg-panel px-4 py-2 print:hidden">
        <BackLink dealId={deal.id} />
        <fieldset className="flex flex-wrap items-center gap-x-4">
          <legend className="float-left mr-4 text-muted">{t("proposal.choose")}</legend>
          {all.map(({ column }) => (
            <CheckField
              key={column.id}
              label={columnName(column)}
              checked={!left.has(column.id)}
              onChange={(event) => setLeft((before) => (event.target.checked ? without(before, column.id) : new Set([...before, column.id])))}
            />
          ))}
        </fieldset>
        <span className="text-12 text-muted">{t("proposal.unsaved", { number: current.number })}</span>
        <span className="ml-auto">
          <Button look="primary" combo="F8" disabled={shown.length === 0} onClick={print}>
            {t("action.print")}
          </Button>
        </span>
      </div>
      <article aria-label={t("proposal.title")} className="paper mx-auto my-6 flex w-[8.5in] max-w-full flex-col gap-5 bg-panel p-10 max-md:my-0 max-md:p-4 print:m-0 print:w-auto print:gap-3 print:p-0">
        <header className="flex flex-wrap items-start justify-between gap-4 border-b border-edge pb-3">
          <div className="flex flex-wrap items-start gap-4">
            {head?.picture != null && <img src={head.picture} alt="" className="max-h-16 max-w-48 object-contain" />}
            <div>
              <h1 className="text-24 font-semibold">{head?.name ?? dealership.name}</h1>
              <p className="text-muted">{[head?.street, placeLine(current.input.dealerPlace), head?.phone].filter(Boolean).join(" · ")}</p>
              {head !== undefined && hoursLine(head.hours ?? {}) !== "" && <p className="text-12 text-muted">{hoursLine(head.hours ?? {})}</p>}
              {head?.licenceNumbers != null && <p className="text-12 text-muted">{t("proposal.licence", { numbers: head.licenceNumbers })}</p>}
            </div>
          </div>
          <div className="text-right max-md:text-left">
            <p className="text-18 font-medium">{t("proposal.title")}</p>
            <p className="text-muted">{t("proposal.number", { number: deal.number, pencil: current.number })}</p>
            <p className="text-muted">{formatCivilDate(deal.dealDate)}</p>
          </div>
        </header>
        {dealership.demo && <p className="border-2 border-edge px-3 py-1.5 text-center font-semibold">{t("proposal.demo")}</p>}
        <Parties deal={deal} />
        {shown.length === 0 ? <p>{t("proposal.chooseOne")}</p> : <Options options={shown} />}
        <Included current={current} />
        <Disclosures deal={deal} options={shown} />
        <footer className="mt-6 grid print:mt-4 grid-cols-2 gap-10">
          {[t("proposal.customerSigns"), t("proposal.storeSigns", { store: dealership.name })].map((who) => (
            <p key={who} className="border-t border-edge pt-1 text-12 text-muted">
              {who}
            </p>
          ))}
        </footer>
      </article>
    </div>
  );
}

function without(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...set].filter((member) => member !== id));
}

function placeLine({ city, state, zip }: { city?: string | null; state: string; zip?: string | null }): string {
  return [city, [state, zip].filter(Boolean).join(" ")].filter(Boolean).join(", ");
}

function Parties({ deal }: { deal: Deal }) {
  const { customer, vehicle } = deal;
  return (
    <div className="grid grid-cols-2 gap-6 max-md:grid-cols-1">
      <section aria-label={t("proposal.prepared")}>
        <h2 className="text-12 text-muted">{t("proposal.prepared")}</h2>
        <p className="text-15 font-medium">
          {customer.firstName} {customer.lastName}
        </p>
        {customer.place != null && <p>{placeLine(customer.place)}</p>}
        <p className="mt-1 text-12 text-muted">{t("proposal.by")}</p>
        <p>{deal.salesperson.name}</p>
      </section>
      <section aria-label={t("proposal.vehicle")}>
        <h2 className="text-12 text-muted">{t("proposal.vehicle")}</h2>
        <p className="text-15 font-medium">{vehicle.label}</p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-3">
          {[
            [t("proposal.stock"), vehicle.stockNumber],
            [t("proposal.vin"), vehicle.vin],
            [t("proposal.odometer"), t("proposal.miles", { count: formatCount(vehicle.odometer) })],
          ].map(([name, value]) => (
            <div key={name} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-muted">{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

function Options({ options }: { options: readonly Option[] }) {
  const results = options.map(({ result }) => result);
  const rows = COMMON_ROWS.filter((row) => isShown(row, results));
  const details = [...new Map(results.flatMap(({ kind }) => DETAIL_ROWS[kind].map((row) => [row.path, row] as const))).values()].filter((row) => isShown(row, results));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it where it is narrow
    <section aria-label={t("proposal.options")} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse max-md:text-12">
        <caption className="sr-only">{t("proposal.options")}</caption>
        <thead>
          <tr className="border-b border-edge">
            <th scope="col" className="py-1 text-left text-12 font-normal text-muted">
              {t("roll.figure")}
            </th>
            {options.map(({ column }) => (
              <th key={column.id} scope="col" className="py-1 pl-4 text-right text-15 font-semibold max-md:pl-2 max-md:text-13">
                {columnName(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Lines key={row.path} row={row} options={options} results={results} />
          ))}
          <tr className="border-y border-edge">
            <th scope="row" className="py-2 text-left font-semibold">
              {results.every(({ kind }) => kind === "cash") ? textOf("figure.balanceDue") : t("row.payment")}
            </th>
            {results.map((result) => {
              const { amount, monthly } = headline(result);
              return (
                <td key={result.id} className="py-2 pl-4 text-right text-18 font-semibold whitespace-nowrap max-md:pl-2 max-md:text-15">
                  {formatMoney(amount)}
                  {monthly && <span className="text-13 font-normal max-md:block max-md:text-12">{t("column.perMonth")}</span>}
                </td>
              );
            })}
          </tr>
          {details.map((row) => (
            <FigureLine key={row.path} name={textOf(`figure.${row.path}`)} row={row} results={results} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Lines({ row, options, results }: { row: Row; options: readonly Option[]; results: readonly ColumnResult[] }) {
  return (
    <>
      <FigureLine name={textOf(`figure.${row.path}`)} row={row} results={options.map(({ result }) => result)} />
      {taxRows(results, row.path).map((line) => (
        <FigureLine key={line.path} name={`${line.name}${line.unverified ? " *" : ""}`} row={line} results={results} minor />
      ))}
    </>
  );
}

function FigureLine({ name, row, results, minor = false }: { name: string; row: Row; results: readonly ColumnResult[]; minor?: boolean }) {
  return (
    <tr className={minor ? "text-12 text-muted" : ""}>
      <th scope="row" className={`py-0.5 text-left font-normal ${minor ? "pl-4" : ""}`}>
        {name}
      </th>
      {results.map((result) => {
        const value = valueAt(result, row.path);
        return (
          <td key={result.id} className="py-0.5 pl-4 text-right whitespace-nowrap max-md:pl-2">
            {value === undefined ? "–" : formatSigned(value, row)}
          </td>
        );
      })}
    </tr>
  );
}

/** What the price holds, by name: accessories, products, fees, rebates and the trade. */
function Included({ current }: { current: Current }) {
  const { input } = current;
  const lines = [
    ...(input.accessories ?? []).map(({ name, price }) => ({ name, amount: price })),
    ...(input.products ?? []).map(({ name, price }) => ({ name, amount: price })),
    ...(input.fees ?? []).map(({ name, amount }) => ({ name, amount })),
    ...(input.rebates ?? []).map(({ name, amount }) => ({ name, amount })),
  ];
  const trades = input.trades ?? [];
  if (lines.length === 0 && trades.length === 0) return null;
  return (
    <section aria-label={t("proposal.included")}>
      <h2 className="border-b border-line pb-1 font-semibold">{t("proposal.included")}</h2>
      <ul className="grid grid-cols-2 gap-x-10 max-md:grid-cols-1">
        {[...lines, ...trades.map(({ description, allowance }) => ({ name: `${t("proposal.trade")}: ${description ?? ""}`, amount: allowance }))].map(({ name, amount }, place) => (
          // The list is never reordered.
          // eslint-disable-next-line react/no-array-index-key
          <li key={`${place} ${name ?? ""}`} className="flex justify-between gap-3 border-b border-line py-0.5">
            <span>{name}</span>
            <span>{formatMoney(amount ?? "0.00")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Disclosures({ deal, options }: { deal: Deal; options: readonly Option[] }) {
  const has = (kind: Column["kind"]) => options.some(({ column }) => column.kind === kind);
  const unverified = options.some(({ result }) => result.tax.lines.some((line) => !line.verified));
  const texts = [
    t("proposal.disclosure.offer", { date: formatCivilDate(deal.dealDate) }),
    ...(has("finance") ? [t("proposal.disclosure.finance")] : []),
    ...(has("lease") ? [t("proposal.disclosure.lease")] : []),
    ...options.flatMap(({ column }) =>
      column.kind === "lease" && column.annualMiles != null ? [t("proposal.disclosure.miles", { column: columnName(column), miles: formatCount(column.annualMiles) })] : [],
    ),
    ...(unverified ? [`* ${t("proposal.disclosure.unverified")}`] : []),
  ];
  return (
    <section aria-label={t("proposal.disclosures")} className="text-12 text-muted">
      <h2 className="font-semibold">{t("proposal.disclosures")}</h2>
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </section>
  );
}
