import "./texts";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { ruleStatesQuery, statesQuery } from "@/api/queries";
import type { LocalRatesInfo, SupportedState } from "@/api/types";
import { useSession } from "@/api/session";
import { civilDateOf, formatCivilDate } from "@/i18n/dates";
import { plural, t } from "@/i18n/text";
import { US_STATES } from "@/i18n/us-states";
import { Badge } from "@/ui/badge";
import { Empty } from "@/ui/empty";
import { LinkButton } from "@/ui/link-button";
import { CELL, HEAD, ListPage, ROW, ROW_LINK, TABLE } from "@/ui/list-page";
import { SearchField } from "@/ui/search-field";
import { Segmented } from "@/ui/segmented";
import { useRowKeys } from "@/ui/use-row-keys";

export interface StateFilter {
  q?: string | undefined;
  checked?: "verified" | "open" | undefined;
}

interface Props {
  filter: StateFilter;
  onFilter: (part: StateFilter) => void;
}

interface Row {
  code: string;
  name: string;
  rules: SupportedState | undefined;
  local: LocalRatesInfo | undefined;
}

const ALL = "all";

/** The states and the District of Columbia, with what is known of each. */
export function StateList({ filter, onFilter }: Props) {
  const rules = useSuspenseQuery(ruleStatesQuery).data.items;
  const places = useSuspenseQuery(statesQuery).data.items;
  const rows = US_STATES.map(({ code, name }) => ({
    code,
    name,
    rules: rules.find((state) => state.code === code),
    local: places.find((state) => state.code === code)?.localRates ?? undefined,
  })).filter((row) => matches(row, filter));
  return (
    <ListPage
      title={t("states.title")}
      filters={
        <>
          <SearchField label={t("states.search")} value={filter.q ?? ""} onChange={(q) => onFilter({ q: q || undefined })} />
          <Segmented
            label={t("states.filter")}
            value={filter.checked ?? ALL}
            onChange={(checked) => onFilter({ checked: checked === ALL ? undefined : checked })}
            choices={[
              { value: ALL, label: t("states.all") },
              { value: "verified", label: t("states.verifiedOnly") },
              { value: "open", label: t("states.unverifiedOnly") },
            ]}
          />
        </>
      }
      action={
        <LinkButton to="/taxes" combo="e">
          {t("taxes.title")}
        </LinkButton>
      }
    >
      {rows.length > 0 ? <StateTable rows={rows} /> : <Empty title={t("states.none", { q: filter.q ?? "" })} />}
    </ListPage>
  );
}

function matches({ code, name, rules }: Row, { q, checked }: StateFilter): boolean {
  const words = (q ?? "").trim().toLowerCase();
  const named = words === "" || code.toLowerCase() === words || name.toLowerCase().split(" ").some((word) => word.startsWith(words)) || name.toLowerCase().startsWith(words);
  const verified = rules !== undefined && rules.unverified.length === 0;
  return named && (checked === undefined || (checked === "verified") === verified);
}

function StateTable({ rows }: { rows: readonly Row[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { dealership } = useSession();
  const [today] = useState(() => civilDateOf(new Date(), dealership.timeZone));
  useRowKeys(body);
  return (
    <table aria-label={t("states.title")} className={TABLE}>
      <thead>
        <tr>
          <th scope="col" className={HEAD}>{t("states.column.state")}</th>
          <th scope="col" className={HEAD}>{t("states.column.rules")}</th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>{t("states.column.since")}</th>
          <th scope="col" className={`${HEAD} text-right max-lg:hidden`}>{t("states.column.versions")}</th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>{t("states.column.local")}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map(({ code, name, rules, local }) => (
          <tr key={code} className={ROW}>
            <td className={CELL}>
              <Link to="/taxes/states/$code" params={{ code }} search={{}} data-row-link className={ROW_LINK}>
                {name}
              </Link>{" "}
              <span className="text-muted">{code}</span>
            </td>
            <td className={CELL}>
              <Checked rules={rules} />
            </td>
            <td className={`${CELL} max-md:hidden`}>{formatCivilDate(rules?.versions.findLast(({ effective }) => effective <= today)?.effective ?? "")}</td>
            <td className={`${CELL} text-right max-lg:hidden`}>{rules?.versions.length}</td>
            <td className={`${CELL} text-muted max-md:hidden`}>
              {local === undefined
                ? t("states.local.none")
                : t(local.complete ? "states.local.complete" : "states.local.partial", { date: formatCivilDate(local.asOf) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Checked({ rules }: { rules: SupportedState | undefined }) {
  if (rules === undefined) return <Badge>{t("states.unsupported")}</Badge>;
  if (rules.unverified.length === 0) return <Badge tone="good">✓ {t("states.verified")}</Badge>;
  return (
    <Badge tone="wait" why={rules.unverified.map((section) => t(`state.section.${section}`)).join(", ")}>
      ! {plural("states.open", rules.unverified.length)}
    </Badge>
  );
}
