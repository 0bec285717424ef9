import "./texts";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { api, ifMatch, read } from "@/api/client";
import { dealNumbersQuery, numberingQuery, stockNumbersQuery } from "@/api/numbers";
import { problemText } from "@/api/problem-text";
import { may, storeToday, useSession } from "@/api/session";
import type { NumberingSettings } from "@/api/types";
import { useEntityForm } from "@/api/use-entity-form";
import { useSettingVersions } from "@/api/use-setting-versions";
import { formatMoment } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { CheckField, FieldGroup, SelectField, TextField } from "@/ui/field";
import { FormFrame } from "@/ui/form-frame";
import { Page } from "@/ui/page";
import { VersionList } from "@/ui/version-list";
import { NextNumbers } from "./next-numbers";
import { describeNumbering, example, numberingValues, numberingWrite, yearPart, YEARS, type Kind, type NumberingValues, type Stock } from "./numbering-values";

const POINTERS = ["/deals", "/newVehicles", "/usedVehicles"].flatMap((at) => [`${at}/prefix`, `${at}/digits`]);
const DIGITS = [0, 3, 4, 5, 6, 7, 8, 9];

/** What new deals and vehicles are called. */
export function NumberingPage() {
  const queries = useQueryClient();
  const session = useSession();
  const readOnly = !may(session, "settings.edit");
  const { data: numbering } = useSuspenseQuery(numberingQuery);
  const { data: deals } = useSuspenseQuery(dealNumbersQuery);
  const { data: stock } = useSuspenseQuery(stockNumbersQuery);
  // What stands where the numbers stand follows from it as well.
  const again = () => queries.invalidateQueries({ queryKey: numberingQuery.queryKey });
  const form = useEntityForm<NumberingSettings, NumberingValues>({
    entity: numbering,
    toForm: numberingValues,
    save: (values, version) =>
      read<NumberingSettings>(api.PUT("/api/v1/admin/settings/numbering", { params: { header: ifMatch(version ?? 0) }, body: numberingWrite(values) })),
    reload: again,
    onSaved: () => void again(),
  });
  const versions = useSettingVersions<NumberingSettings>("numbering", numbering.version, numberingQuery.queryKey);
  const { values, set, theirs } = form;
  const nextOf = (condition: "new" | "used") => stock.items.find((item) => item.condition === condition)?.next ?? 1;
  const next = { deals: deals.next, new: nextOf("new"), used: nextOf("used") };
  return (
    <Page title={t("nav.numbering")}>
      <p className="text-15 text-muted">{t("numbering.lead")}</p>
      <FormFrame
        label={t("nav.numbering")}
        submitLabel={t("word.save")}
        onSubmit={form.submit}
        busy={form.busy}
        saved={form.saved}
        readOnly={readOnly}
        problem={problemText(form.error, POINTERS)}
        stale={theirs && { mine: describeNumbering(values), theirs: describeNumbering(theirs.values), keepMine: theirs.keepMine, takeTheirs: theirs.takeTheirs }}
      >
        <FieldGroup title={t("numbering.deals")}>
          <Prefix value={values.prefix} onChange={(prefix) => set({ prefix })} error={form.faultOf("/deals/prefix")} />
          <SelectField
            label={t("numbering.year")}
            value={values.year}
            onChange={(event) => set({ year: YEARS.find((year) => year === event.target.value) ?? "none" })}
            choices={YEARS.map((year) => ({ value: year, label: t(`numbering.year.${year}`) }))}
          />
          <Digits value={values.digits} onChange={(digits) => set({ digits })} />
          <Example text={t("numbering.next.deal", { number: example(values, next.deals, yearPart(values.year, storeToday())) })} />
        </FieldGroup>
        <StockFields kind="newVehicles" stock={values.newVehicles} next={next.new} onChange={(newVehicles) => set({ newVehicles })} faultOf={form.faultOf} />
        <StockFields kind="usedVehicles" stock={values.usedVehicles} next={next.used} onChange={(usedVehicles) => set({ usedVehicles })} faultOf={form.faultOf} />
      </FormFrame>
      {!readOnly && <NextNumbers next={next} onSet={() => void again()} />}
      <VersionList
        versions={versions.items.map(({ version, savedAt, savedBy, value }) => ({
          version,
          saved: savedAt == null ? undefined : formatMoment(savedAt, session.dealership.timeZone),
          by: savedBy ?? undefined,
          lines: describeNumbering(numberingValues(value)),
        }))}
        onGoBack={readOnly ? undefined : versions.goBack}
        busy={versions.busy}
        problem={problemText(versions.error)}
      />
    </Page>
  );
}

interface StockProps {
  kind: Kind;
  stock: Stock;
  next: number;
  onChange: (stock: Stock) => void;
  faultOf: (pointer: string) => string | undefined;
}

function StockFields({ kind, stock, next, onChange, faultOf }: StockProps) {
  const change = (part: Partial<Stock>) => onChange({ ...stock, ...part });
  const told = kind === "newVehicles" ? "numbering.next.new" : "numbering.next.used";
  return (
    <FieldGroup title={t(`numbering.${kind}`)}>
      <div className="md:col-span-2">
        <CheckField label={t("numbering.given")} checked={stock.given} onChange={(event) => change({ given: event.target.checked })} />
      </div>
      {stock.given && (
        <>
          <Prefix value={stock.prefix} onChange={(prefix) => change({ prefix })} error={faultOf(`/${kind}/prefix`)} />
          <Digits value={stock.digits} onChange={(digits) => change({ digits })} />
        </>
      )}
      <Example text={stock.given ? t(told, { number: example(stock, next) }) : t("numbering.next.typed")} />
    </FieldGroup>
  );
}

function Prefix({ value, onChange, error }: { value: string; onChange: (value: string) => void; error: string | undefined }) {
  return (
    <TextField
      label={t("numbering.prefix")}
      hint={t("numbering.prefix.hint")}
      optional
      maxLength={10}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
    />
  );
}

function Digits({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <SelectField
      label={t("numbering.digits")}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      choices={[...new Set([...DIGITS, Number(value)])]
        .toSorted((a, b) => a - b)
        .map((count) => ({ value: String(count), label: count === 0 ? t("numbering.digits.none") : t("numbering.digits.least", { count }) }))}
    />
  );
}

/** What the next one will be called, while the way is typed. */
function Example({ text }: { text: string }) {
  return (
    <p aria-live="polite" className="md:col-span-2">
      {text}
    </p>
  );
}
