import type { ReactNode } from "react";
import type { ColumnResult, FeeLine, RuleLine, Source, StateRules, TaxLine } from "@/api/types";
import { formatMoney, formatPercent, isZero, roundDecimal } from "@/i18n/money";
import { plainWords } from "@/i18n/quantity";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { useIsWide } from "@/ui/use-media";

interface Props {
  column: ColumnResult;
  rules: StateRules | undefined;
  asked: string | undefined;
  onAsk: (path: string) => void;
}

/** The taxes and fees of a deal, each with the rule that made it and where that stands written. */
export function TaxLines({ column, rules, asked, onAsk }: Props) {
  const lines = column.tax.lines;
  const byLaw = column.fees.filter((fee) => fee.origin === "rule");
  return (
    <div className="flex flex-col gap-4">
      <Lines caption={t("taxes.lines")}>
        {lines.map((line) => (
          <Line key={line.id} path={`tax.${line.id}`} line={line} rule={ruleOf(rules, line)} asked={asked} onAsk={onAsk} />
        ))}
        {lines.length === 0 && (
          <tr>
            <td colSpan={5} className="px-4 py-2 text-muted">
              {t("taxes.none")}
            </td>
          </tr>
        )}
        <Sum name={t("taxes.total")} path="tax.total" amount={column.tax.total} strong asked={asked} onAsk={onAsk} />
        {column.kind === "lease" && <Sum name={t("taxes.atSigning")} path="tax.atSigning" amount={column.tax.atSigning} asked={asked} onAsk={onAsk} />}
        {!isZero(column.tax.buyerPays) && <Sum name={t("taxes.buyerPays")} path="tax.buyerPays" amount={column.tax.buyerPays} asked={asked} onAsk={onAsk} />}
      </Lines>
      {byLaw.length > 0 && (
        <Lines caption={t("taxes.fees")} flat>
          {byLaw.map((fee) => (
            <Line key={fee.code} path={`fee.${fee.code}`} line={fee} rule={rules?.fees.find(({ id }) => id === fee.code)} asked={asked} onAsk={onAsk} />
          ))}
          <Sum name={t("taxes.feeTotal")} path="fees" amount={column.figures.fees} strong flat asked={asked} onAsk={onAsk} />
        </Lines>
      )}
    </div>
  );
}

/** A tax taken as billed has a line at signing beside the one in the payments; one rule made both. */
function ruleOf(rules: StateRules | undefined, line: TaxLine): RuleLine | undefined {
  const id = line.id.replace(/\.signing$/, "");
  return [...(rules?.retail ?? []), ...(rules?.lease ?? []), ...(rules?.note ?? [])].find((rule) => rule.id === id && rule.source.title === line.source.title)
    ?? [...(rules?.retail ?? []), ...(rules?.lease ?? []), ...(rules?.note ?? [])].find((rule) => rule.id === id);
}

const HEAD = "h-8 border-b border-line px-2 text-12 font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4";

/** `flat` is a table without base and rate. */
function Lines({ caption, flat = false, children }: { caption: string; flat?: boolean; children: ReactNode }) {
  return (
    <table className="w-full border-separate border-spacing-0">
      <caption className="px-4 pb-1 text-left text-15 font-semibold">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className={`${HEAD} text-left`}>{t("taxes.column.line")}</th>
          {!flat && <th scope="col" className={`${HEAD} text-right max-md:hidden`}>{t("taxes.column.base")}</th>}
          {!flat && <th scope="col" className={`${HEAD} text-right max-md:hidden`}>{t("taxes.column.rate")}</th>}
          <th scope="col" className={`${HEAD} text-left max-md:hidden`}>{t("taxes.column.due")}</th>
          <th scope="col" className={`${HEAD} text-right`}>{t("taxes.column.amount")}</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

interface LineProps {
  path: string;
  line: TaxLine | FeeLine;
  rule: RuleLine | undefined;
  asked: string | undefined;
  onAsk: (path: string) => void;
}

function Line({ path, line, rule, asked, onAsk }: LineProps) {
  const base = "base" in line ? line.base : undefined;
  const rate = "rate" in line && line.rate != null ? line.rate : undefined;
  const name = path.endsWith(".signing") ? t("row.taxAtSigning", { tax: line.name }) : line.name;
  const verified = line.verified;
  return (
    <tr className="align-top">
      <th scope="row" className="border-b border-line py-2 pr-2 pl-4 text-left font-normal">
        <span className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{name}</span>
          {verified ? <Badge tone="good">✓ {t("why.verified")}</Badge> : <Badge tone="wait">! {t("why.unverified")}</Badge>}
        </span>
        {rule !== undefined && !/^[\d.]+$/.test(rule.formula) && <span className="block text-12 text-muted">{plainWords(rule.formula)}</span>}
        {line.source != null && <span className="block text-12 text-muted">{sourceLine(line.source)}</span>}
        {!verified && <span className="block text-12 text-wait">{line.reason ?? t("why.unverified.why")}</span>}
        <span className="block text-12 text-muted md:hidden">
          {[base !== undefined && formatMoney(base), rate !== undefined && `× ${percent(rate)}`, t(`taxes.due.${line.due}`)].filter(Boolean).join(" ")}
        </span>
      </th>
      {base !== undefined && (
        <>
          <td className="border-b border-line px-2 py-2 text-right whitespace-nowrap max-md:hidden">{formatMoney(base)}</td>
          <td className="border-b border-line px-2 py-2 text-right whitespace-nowrap max-md:hidden">{rate === undefined ? "–" : percent(rate)}</td>
        </>
      )}
      <td className="border-b border-line px-2 py-2 whitespace-nowrap max-md:hidden">{t(`taxes.due.${line.due}`)}</td>
      <td className="border-b border-line py-1 pr-2 pl-2 text-right">
        <Why name={name} path={path} amount={line.amount} asked={asked} onAsk={onAsk} />
      </td>
    </tr>
  );
}

function percent(rate: string): string {
  return `${formatPercent(roundDecimal(rate, 7))} %`;
}

function sourceLine({ title, citation, publisher }: Source): string {
  return [title, citation, publisher].filter((part) => part !== undefined && part !== "").join(" · ");
}

interface SumProps {
  name: string;
  path: string;
  amount: string;
  strong?: boolean;
  flat?: boolean;
  asked: string | undefined;
  onAsk: (path: string) => void;
}

function Sum({ name, path, amount, strong = false, flat = false, asked, onAsk }: SumProps) {
  const wide = useIsWide();
  return (
    <tr>
      <th scope="row" colSpan={wide ? (flat ? 2 : 4) : 1} className={`h-9 pl-4 text-left ${strong ? "font-semibold" : "font-normal text-muted"}`}>
        {name}
      </th>
      <td className={`pr-2 pl-2 text-right ${strong ? "font-semibold" : ""}`}>
        <Why name={name} path={path} amount={amount} asked={asked} onAsk={onAsk} />
      </td>
    </tr>
  );
}

/** A figure that can be questioned: Enter, a click or `?` opens its steps. */
function Why({ name, path, amount, asked, onAsk }: Omit<SumProps, "strong" | "flat">) {
  return (
    <button
      type="button"
      data-figure={path}
      aria-label={t("taxes.why", { line: name, amount: formatMoney(amount) })}
      aria-pressed={asked === path}
      aria-keyshortcuts="?"
      onClick={() => onAsk(path)}
      onKeyDown={(event) => {
        if (event.key !== "?") return;
        event.preventDefault();
        onAsk(path);
      }}
      className="touchable h-7 rounded-sm px-2 whitespace-nowrap underline decoration-edge decoration-dotted underline-offset-4 hover:bg-sunken aria-pressed:bg-accent-soft"
    >
      {formatMoney(amount)}
    </button>
  );
}
