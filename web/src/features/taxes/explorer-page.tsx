import "./texts";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { may, useSession } from "@/api/session";
import type { FieldError } from "@/api/types";
import { civilDateOf, formatCivilDate } from "@/i18n/dates";
import { formatMoney } from "@/i18n/money";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { cx } from "@/ui/class-names";
import { Empty } from "@/ui/empty";
import { PageTitle } from "@/ui/page-title";
import { useShortcuts } from "@/ui/use-shortcuts";
import { ExplorerForm } from "./explorer-form";
import { type ExplorerValues, type Key } from "./explorer-values";
import { TaxLines } from "./tax-lines";
import { useTaxes, useTypedValues, type Answer } from "./use-taxes";
import { WhyAside } from "./why-aside";

interface Props {
  address: ExplorerValues;
  onSettled: (values: ExplorerValues) => void;
}

/** Place, date and deal in; taxes, fees and the law behind them out, at every keystroke. */
export function TaxExplorer({ address, onSettled }: Props) {
  const session = useSession();
  const navigate = useNavigate();
  const [today] = useState(() => civilDateOf(new Date(), session.dealership.timeZone));
  const { values, change: set, clear } = useTypedValues(address, onSettled);
  const answer = useTaxes(values, today);
  const [trail, setTrail] = useState<readonly string[]>([]);
  const { column, result } = answer;
  const { placed, unplaced } = refusalsOf(answer.errors);
  // What one state's law leaves open means nothing in another.
  const change = (part: ExplorerValues) => set(part.state !== undefined && part.state !== (values.state ?? "") ? { ...part, choices: "", exempt: "" } : part);
  const back = () => {
    if (trail.length === 1) document.querySelector<HTMLElement>(`[data-figure="${CSS.escape(trail[0] ?? "")}"]`)?.focus();
    setTrail(trail.slice(0, -1));
  };
  const copy = () =>
    void navigator.clipboard.writeText(window.location.href).then(() => announce(t("taxes.copied")));
  const maySet = may(session, "settings.read");
  const toSettings = () => void navigate({ to: "/admin/taxes" });
  const toTables = () => void navigate({ to: "/admin/rates" });
  const startOver = () => {
    setTrail([]);
    clear();
    focusFirst();
  };
  const group = t("taxes.title");
  useShortcuts([
    { combos: ["e"], label: t("shortcut.taxInputs"), group, run: focusFirst, action: true },
    { combos: ["s"], label: t("shortcut.states"), group, run: () => void navigate({ to: "/taxes/states" }), action: true },
    ...(maySet
      ? [
          { combos: ["g"], label: t("taxSettings.title"), group, run: toSettings, action: true },
          { combos: ["r"], label: t("rates.title"), group, run: toTables, action: true },
        ]
      : []),
    { combos: ["y"], label: t("taxes.copy"), group, run: copy, action: true },
    { combos: ["x"], label: t("taxes.clear"), group, run: startOver, action: true },
    { combos: ["Escape"], label: t("shortcut.back"), group, run: trail.length > 0 ? back : leaveInput },
    { combos: ["?"], label: t("action.why"), group },
  ]);
  return (
    <div className="flex h-full flex-col max-md:h-auto">
      <PageTitle>{t("taxes.title")}</PageTitle>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-3">
        <h1 className="mr-1 text-18 font-semibold">{t("taxes.title")}</h1>
        <div className="ml-auto flex flex-wrap gap-2">
          <Button look="quiet" combo="x" onClick={startOver}>
            {t("taxes.clear")}
          </Button>
          <Button look="quiet" combo="y" onClick={copy}>
            {t("taxes.copy")}
          </Button>
          {maySet && (
            <Button look="quiet" combo="g" onClick={toSettings}>
              {t("taxSettings.open")}
            </Button>
          )}
          {maySet && (
            <Button look="quiet" combo="r" onClick={toTables}>
              {t("rates.open")}
            </Button>
          )}
          <Button combo="s" onClick={() => void navigate({ to: "/taxes/states" })}>
            {t("taxes.states")}
          </Button>
        </div>
      </div>
      <div className="flex min-h-0 grow max-md:flex-col">
        <div className="min-h-0 shrink-0 overflow-y-auto border-line bg-panel max-md:border-b md:w-96 md:border-r">
          <ExplorerForm values={values} today={today} question={answer.question} rules={answer.rules} refusals={placed} onChange={change} />
        </div>
        <div className="flex min-h-0 min-w-0 grow max-xl:flex-col">
          <section id="tax-result" aria-label={t("taxes.result")} className="flex scroll-mt-2 min-h-0 min-w-0 grow flex-col gap-4 overflow-y-auto py-4">
            {unplaced.map((error) => (
              <div key={`${error.pointer} ${error.code}`} className="px-4">
                <Banner tone="bad" title={error.detail} />
              </div>
            ))}
            <State answer={answer} />
            {column !== undefined && result !== undefined && answer.question.missing === undefined && (
              <div className={cx("flex flex-col gap-4", answer.stale && "opacity-70")}>
                {answer.rules !== undefined && (
                  <p className="px-4 text-muted">
                    {t("taxes.by", { tax: answer.rules.tax, state: answer.rules.name, date: formatCivilDate(answer.rules.effective) })}{" "}
                    <Link to="/taxes/states/$code" params={{ code: answer.rules.code }} search={{ date: values.date }} className="text-accent underline underline-offset-2">
                      {t("taxes.aboutState", { state: answer.rules.name })}
                    </Link>
                  </p>
                )}
                <TaxLines column={column} rules={answer.rules} asked={trail.at(-1)} onAsk={(path) => setTrail([path])} />
                {result.notices.length > 0 && (
                  <ul aria-label={t("notices.title")} className="flex flex-col gap-1 px-4">
                    {result.notices.map((notice) => (
                      <li key={`${notice.code} ${notice.detail}`} className="flex gap-2">
                        <span className={cx("shrink-0 font-medium", notice.severity === "warning" ? "text-wait" : "text-muted")}>{t(`notice.${notice.severity}`)}</span>
                        <span>{notice.detail}</span>
                      </li>
                    ))}
                  </ul>
                )}
              </div>
            )}
          </section>
          {column !== undefined && answer.question.missing === undefined && (
            <a href="#tax-result" className="touchable sticky bottom-(--navigation) z-10 flex items-center justify-between border-t border-edge bg-raised px-4 py-2 font-semibold md:hidden">
              <span>{t("taxes.total")}</span>
              <span>{formatMoney(column.tax.total)}</span>
            </a>
          )}
          {column !== undefined && trail.length > 0 && (
            <WhyAside column={column} trail={trail} onFollow={(path) => setTrail([...trail, path])} onBack={back} onClose={() => setTrail([])} />
          )}
        </div>
      </div>
    </div>
  );
}

/** Why there is nothing to read yet, or why what is read is old. */
function State({ answer }: { answer: Answer }) {
  const { question, engine, stale, result, ratesFailed } = answer;
  if (engine === "failed") return <div className="px-4"><Banner tone="bad" title={t("engine.failed")} /></div>;
  if (question.missing !== undefined) return <Empty title={t("taxes.start")}>{t(question.missing)}</Empty>;
  if (ratesFailed) return <div className="px-4"><Banner tone="bad" title={t("taxes.ratesFailed")} /></div>;
  if (result === undefined) return engine === "loading" ? <p className="px-4 text-muted">{t("taxes.loading")}</p> : null;
  return stale ? <p className="px-4 text-wait">{t("taxes.stale")}</p> : null;
}

const FIELDS: Record<string, Key> = {
  "/dealDate": "date",
  "/price": "price",
  "/docFee": "docFee",
  "/cashDown": "down",
  "/accessories/0/price": "accessories",
  "/rebates/0/amount": "rebate",
  "/trades/0/allowance": "allowance",
  "/trades/0/payoff": "payoff",
  "/vehicle/msrp": "msrp",
  "/vehicle/fairValue": "bookValue",
  "/vehicle/modelYear": "modelYear",
  "/vehicle/weightLb": "weight",
  "/vehicle/gvwrLb": "gvwr",
  "/vehicle/mpg": "mpg",
  "/vehicle/odometer": "odometer",
  "/columns/0/termMonths": "term",
  "/columns/0/rate": "rate",
  "/columns/0/moneyFactor": "factor",
  "/columns/0/residual": "residual",
  "/columns/0/residual/amount": "residual",
  "/columns/0/acquisitionFee": "acquisition",
};

/** What the engine refuses, at its field where it has one. */
function refusalsOf(errors: readonly FieldError[]) {
  const placed: Partial<Record<Key, string>> = {};
  const unplaced: FieldError[] = [];
  for (const error of errors) {
    const key = FIELDS[error.pointer];
    if (key === undefined) unplaced.push(error);
    else placed[key] = error.detail;
  }
  return { placed, unplaced };
}

function focusFirst() {
  document.querySelector<HTMLElement>("[data-first-input]")?.focus();
}

function leaveInput() {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
