import "./texts";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useId, type ReactNode } from "react";
import { localRatesQuery, ruleStatesQuery, stateRulesQuery } from "@/api/queries";
import type { LocalTable, RuleLine, Source, StateRules, SupportedState } from "@/api/types";
import { formatCivilDate } from "@/i18n/dates";
import { formatPercent } from "@/i18n/money";
import { plainWords } from "@/i18n/quantity";
import { t } from "@/i18n/text";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { LinkButton } from "@/ui/link-button";
import { Page } from "@/ui/page";
import { SourceText } from "@/ui/step";
import { useShortcuts } from "@/ui/use-shortcuts";

/** One state's rules of a day in plain words, with where they stand written and whether anybody has checked them. */
export function StatePage({ code, date }: { code: string; date: string }) {
  const { data: rules } = useSuspenseQuery(stateRulesQuery(code, date));
  const supported = useSuspenseQuery(ruleStatesQuery).data.items.find((state) => state.code === code);
  const { data: local } = useSuspenseQuery(localRatesQuery(code, date));
  const navigate = useNavigate();
  const toList = () => void navigate({ to: "/taxes/states" });
  useShortcuts([{ combos: ["s"], label: t("shortcut.states"), group: t("states.title"), run: toList, action: true }]);
  const open = rules.sections.filter((section) => !section.verified).length;
  return (
    <Page
      title={rules.name}
      note={open === 0 ? <Badge tone="good">✓ {t("states.verified")}</Badge> : <Badge tone="wait">! {open === 1 ? t("states.open.one", { count: 1 }) : t("states.open.other", { count: open })}</Badge>}
      actions={
        <>
          <Button combo="s" onClick={toList}>
            {t("taxes.states")}
          </Button>
          <LinkButton to="/taxes" search={{ state: code, date }} combo="e">
            {t("state.try")}
          </LinkButton>
        </>
      }
    >
      <p className="text-15 text-muted">{rules.tax}</p>
      <Versions rules={rules} supported={supported} />
      <Sections rules={rules} />
      <Lines title={t("state.retail")} lines={rules.retail} />
      <Lines title={t("state.lease")} lines={rules.lease} />
      <Lines title={t("state.note")} lines={rules.note} />
      <Lines title={t("state.fees")} lines={rules.fees} />
      {rules.docFeeLimits.length > 0 ? (
        <Lines title={t("state.docFee")} lines={rules.docFeeLimits} />
      ) : (
        <Part title={t("state.docFee")}>
          <p className="text-muted">{t("state.docFee.none")}</p>
        </Part>
      )}
      <Choices rules={rules} />
      <FinanceLimits rules={rules} />
      <Exemptions rules={rules} />
      <LocalRates table={local} />
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="border-t border-line pt-3">
      <h2 id={heading} className="mb-2 text-15 font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}

function Versions({ rules, supported }: { rules: StateRules; supported: SupportedState | undefined }) {
  return (
    <Part title={t("states.column.versions")}>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {supported?.versions.map(({ effective, hash }) => (
          <li key={hash} className="flex items-center gap-2">
            {effective === rules.effective ? (
              <span aria-current="true" className="font-medium">
                {t("state.version.from", { date: formatCivilDate(effective) })}
              </span>
            ) : (
              <Link to="/taxes/states/$code" params={{ code: rules.code }} search={{ date: effective }} className="touchable inline-flex items-center text-accent underline underline-offset-2">
                {t("state.version.from", { date: formatCivilDate(effective) })}
              </Link>
            )}
            {effective === rules.effective && <Badge>{t("state.version.current")}</Badge>}
          </li>
        ))}
      </ul>
      {rules.next != null && <p className="mt-1 text-muted">{t("state.next", { date: formatCivilDate(rules.next) })}</p>}
      <p className="mt-1 text-12 break-all text-muted">
        {t("state.hash")}: {rules.hash}
      </p>
    </Part>
  );
}

function Sections({ rules }: { rules: StateRules }) {
  return (
    <Part title={t("state.sections")}>
      <div className="flex flex-col">
        {rules.sections.map(({ section, words, verified, reason, effective, sources }) => (
          <div key={section} className="grid gap-x-4 gap-y-1 border-b border-line py-3 last:border-b-0 md:grid-cols-[10rem_1fr]">
            <div>
              <h3 className="font-semibold">{t(`state.section.${section}`)}</h3>
              <Mark verified={verified} />
              <p className="text-12 text-muted">{t("state.since", { date: formatCivilDate(effective) })}</p>
            </div>
            <div className="min-w-0">
              <p className="text-15">{words}</p>
              {!verified && <p className="mt-1 text-wait">{reason ?? t("why.unverified.why")}</p>}
              <Sources sources={sources} />
            </div>
          </div>
        ))}
      </div>
    </Part>
  );
}

function Sources({ sources }: { sources: readonly Source[] }) {
  if (sources.length === 0) return null;
  return (
    <ul aria-label={t("state.sources")} className="mt-2 flex flex-col gap-2 text-12">
      {sources.map((source) => (
        <li key={`${source.title} ${source.citation ?? ""}`}>
          <SourceText source={source} />
        </li>
      ))}
    </ul>
  );
}

function Mark({ verified }: { verified: boolean }) {
  return verified ? <Badge tone="good">✓ {t("why.verified")}</Badge> : <Badge tone="wait">! {t("why.unverified")}</Badge>;
}

function Lines({ title, lines }: { title: string; lines: readonly RuleLine[] }) {
  if (lines.length === 0) return null;
  return (
    <Part title={title}>
      <ul className="flex flex-col">
        {lines.map((line) => (
          // A rule may have several lines of one name, each for its own case.
          <li key={`${line.id} ${line.formula} ${line.source.title} ${line.name}`} className="flex flex-col gap-0.5 border-b border-line py-2 last:border-b-0">
            <p className="flex flex-wrap items-center gap-x-2">
              <span className="font-medium">{line.name}</span>
              <Mark verified={line.verified} />
              <span className="text-12 text-muted">{t(`taxes.due.${line.due}`)}</span>
              {line.conditional && <span className="text-12 text-muted">{t("state.conditional")}</span>}
            </p>
            <p className="break-words">{plainWords(line.formula)}</p>
            {!line.verified && <p className="text-12 text-wait">{line.reason ?? t("why.unverified.why")}</p>}
            <p className="text-12 text-muted">{cited(line.source)}</p>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function cited({ title, citation, publisher }: Source): string {
  return [title, citation, publisher].filter((part) => part !== undefined && part !== "").join(" · ");
}

function Choices({ rules }: { rules: StateRules }) {
  if (rules.choices.length === 0) return null;
  return (
    <Part title={t("state.choices")}>
      <dl className="flex flex-col gap-3">
        {rules.choices.map(({ name, by, words, options, default: presumed }) => (
          <div key={name}>
            <dt className="font-medium">
              {words} <span className="text-12 font-normal text-muted">{t("state.choice.by", { by })}</span>
            </dt>
            {options.map((option) => (
              <dd key={option.name} className="ml-4">
                {option.words} {option.name === presumed && <Badge>{t("state.choice.default")}</Badge>}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </Part>
  );
}

function FinanceLimits({ rules }: { rules: StateRules }) {
  if (rules.financeLimits.length === 0) return null;
  return (
    <Part title={t("state.finance")}>
      <ul className="flex flex-col">
        {rules.financeLimits.map(({ id, name, kind, limit, alternative, verified, reason, source }) => (
          <li key={id} className="flex flex-col gap-0.5 border-b border-line py-2 last:border-b-0">
            <p className="flex flex-wrap items-center gap-x-2">
              <span className="font-medium">{name}</span>
              <span>
                {formatPercent(limit)} % {t(`state.limit.${kind}`)}
              </span>
              <Mark verified={verified} />
              {alternative && <span className="text-12 text-muted">{t("state.finance.alternative")}</span>}
            </p>
            {!verified && <p className="text-12 text-wait">{reason ?? t("why.unverified.why")}</p>}
            <p className="text-12 text-muted">{cited(source)}</p>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Exemptions({ rules }: { rules: StateRules }) {
  if (rules.exemptions.length === 0) return null;
  return (
    <Part title={t("state.exemptions")}>
      <ul className="flex flex-col gap-1">
        {rules.exemptions.map(({ id, name, source }) => (
          <li key={id}>
            {name} <span className="text-12 text-muted">{cited(source)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function LocalRates({ table }: { table: LocalTable }) {
  const info = table.info ?? undefined;
  const boundaries = table.boundaries ?? undefined;
  return (
    <Part title={t("state.local")}>
      {table.import != null ? (
        <div className="flex flex-col gap-1">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="font-medium">{t("state.local.asOf", { date: formatCivilDate(table.import.asOf) })}</span>
            <Badge>{t("state.local.imported")}</Badge>
          </p>
          <p>{t("state.local.from", { date: formatCivilDate(table.import.firstDay) })}</p>
          <p className="text-12 text-muted">{table.import.source}</p>
        </div>
      ) : info === undefined ? (
        <p className="text-muted">{t("state.local.none")}</p>
      ) : (
        <div className="flex flex-col gap-1">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="font-medium">{t("state.local.asOf", { date: formatCivilDate(info.asOf) })}</span>
            <Badge tone={info.complete ? "good" : "wait"}>{info.complete ? `✓ ${t("state.local.complete")}` : `! ${t("state.local.partial")}`}</Badge>
          </p>
          {info.basis !== "" && <p>{t("state.local.basis", { basis: info.basis })}</p>}
          {info.note !== "" && <p>{info.note}</p>}
          <p className="text-12 text-muted">
            {[info.source.title, info.source.citation, info.source.publisher].filter((part) => part !== "").join(" · ")}
          </p>
        </div>
      )}
      {boundaries !== undefined && (
        <p className="mt-1">
          {t("state.local.boundaries", { date: formatCivilDate(boundaries.asOf) })} <span className="text-12 text-muted">{boundaries.source}</span>
        </p>
      )}
      <Counties table={table} />
    </Part>
  );
}

/** The counties and areas that have a rate, folded: there may be thousands. */
function Counties({ table: { counties, areas } }: { table: LocalTable }) {
  if (counties.length === 0) return null;
  const named = counties.reduce((sum, county) => sum + county.areas.length, 0);
  return (
    <details className="mt-2">
      <summary className="touchable min-h-6 cursor-pointer py-0.5">{t("state.local.counties", { counties: counties.length, areas })}</summary>
      {named < areas && <p className="mt-1 text-muted">{t("state.local.codes")}</p>}
      <ul className="mt-1 columns-2 gap-6 md:columns-3">
        {counties.map((county) => (
          <li key={county.name} className="break-inside-avoid">
            {county.name}
            {county.areas.length > 0 && <span className="text-12 text-muted"> {county.areas.join(", ")}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
