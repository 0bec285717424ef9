import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { usersQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import { auditVocabularyQuery, firstDay, type AuditFilter } from "@/api/trail-queries";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { CONTROL } from "@/ui/field";
import { SearchField } from "@/ui/search-field";
import { actionName, thingName } from "./words";

interface Props {
  filter: AuditFilter;
  onFilter: (part: AuditFilter) => void;
}

/** Words, person, action, thing, dates. */
export function AuditFilters({ filter, onFilter }: Props) {
  const session = useSession();
  const { actions, things } = useSuspenseQuery(auditVocabularyQuery).data;
  const people = useQuery({ ...usersQuery, enabled: may(session, "user.read") }).data?.items ?? [];
  const nouns = [...new Set(actions.map((action) => action.slice(0, action.indexOf("."))))];
  return (
    <>
      <SearchField label={t("audit.search")} value={filter.q ?? ""} onChange={(q) => onFilter({ q: q || undefined })} />
      <div className="grid w-full grid-cols-2 gap-2 md:flex md:w-auto md:flex-wrap">
        {people.length > 0 && (
          <Select label={t("audit.person")} value={filter.person ?? ""} onChange={(person) => onFilter({ person })}>
            <option value="">{t("audit.person.all")}</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
        <Select label={t("audit.action")} value={filter.action ?? ""} onChange={(action) => onFilter({ action })}>
          <option value="">{t("audit.action.all")}</option>
          {nouns.map((noun) => (
            <optgroup key={noun} label={thingName(noun)}>
              <option value={`${noun}.`}>{t("audit.action.every", { noun: thingName(noun) })}</option>
              {actions
                .filter((action) => action.startsWith(`${noun}.`))
                .map((action) => (
                  <option key={action} value={action}>
                    {actionName(action)}
                  </option>
                ))}
            </optgroup>
          ))}
        </Select>
        <Select label={t("audit.thing")} value={filter.thing ?? ""} onChange={(thing) => onFilter({ thing, id: undefined })}>
          <option value="">{t("audit.thing.all")}</option>
          {things.map((thing) => (
            <option key={thing} value={thing}>
              {thingName(thing)}
            </option>
          ))}
        </Select>
        <Day label={t("audit.from")} value={firstDay(filter.from)} onChange={(from) => onFilter({ from: from ?? "all" })} />
        <Day label={t("audit.to")} value={filter.to ?? ""} onChange={(to) => onFilter({ to })} />
        {filter.id !== undefined && (
          <Button look="quiet" onClick={() => onFilter({ id: undefined, thing: undefined })}>
            {t("audit.only", { thing: thingName(filter.thing ?? "").toLowerCase() })}: {t("audit.only.all")}
          </Button>
        )}
      </div>
    </>
  );
}

function Select({ label, value, onChange, children }: { label: string; value: string; onChange: (value: string | undefined) => void; children: React.ReactNode }) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value || undefined)}
      className={`${CONTROL} md:w-auto md:max-w-44`}
    >
      {children}
    </select>
  );
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (value: string | undefined) => void }) {
  return (
    <label className="flex min-w-0 items-center gap-1.5 text-muted">
      <span className="shrink-0">{label}</span>
      <input
        type="date"
        value={value}
        onChange={(event) => onChange(event.target.value || undefined)}
        className={`${CONTROL} text-ink md:w-36`}
      />
    </label>
  );
}
