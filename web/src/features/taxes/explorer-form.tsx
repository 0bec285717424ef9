import type { StateRules } from "@/api/types";
import { t, type TextKey } from "@/i18n/text";
import { ChoiceFields } from "@/ui/choice-fields";
import { FieldGroup, SelectField, TextField } from "@/ui/field";
import { Segmented } from "@/ui/segmented";
import { CLASSES, electionsOf, FUELS, KINDS, kindOf, PRODUCTS, REBATES, withElection, type ExplorerValues, type Key, type Question } from "./explorer-values";
import { PlaceSection } from "./place-section";

interface Props {
  values: ExplorerValues;
  today: string;
  question: Question;
  rules: StateRules | undefined;
  /** What the engine refuses, by field. */
  refusals: Partial<Record<Key, string>>;
  onChange: (part: ExplorerValues) => void;
}

const TERMS: Record<ReturnType<typeof kindOf>, readonly Key[]> = {
  cash: [],
  finance: ["term", "rate", "down"],
  lease: ["term", "factor", "residual", "acquisition", "down"],
};

/** What decides the taxes of a deal. */
export function ExplorerForm({ values, today, question, rules, refusals, onChange }: Props) {
  const kind = kindOf(values);
  const field = (key: Key, label: TextKey, mode: "decimal" | "numeric" = "decimal") => {
    const fault = question.faults[key];
    return (
      <TextField
        key={key}
        label={t(label)}
        inputMode={mode}
        value={values[key] ?? ""}
        onChange={(event) => onChange({ [key]: event.target.value })}
        error={fault === undefined ? refusals[key] : t(fault)}
      />
    );
  };
  const select = (key: Key, label: TextKey, choices: readonly { value: string; label: string }[]) => (
    <SelectField label={t(label)} value={values[key] ?? choices[0]?.value ?? ""} onChange={(event) => onChange({ [key]: event.target.value })} choices={choices} />
  );
  return (
    <form aria-label={t("taxes.inputs")} onSubmit={(event) => event.preventDefault()} className="flex flex-col gap-4 p-4">
      <PlaceSection values={values} date={values.date ?? today} onChange={onChange} />
      <FieldGroup title={t("taxes.deal")}>
        <div className="md:col-span-2">
          <Segmented label={t("taxes.kind")} value={kind} onChange={(next) => onChange({ kind: next })} choices={KINDS.map((value) => ({ value, label: t(`taxes.kind.${value}`) }))} />
        </div>
        <TextField label={t("taxes.date")} type="date" value={values.date ?? today} onChange={(event) => onChange({ date: event.target.value })} error={refusals.date} />
        {field("price", "taxes.price")}
        {TERMS[kind].map((key) => field(key, `taxes.${key}` as TextKey, key === "term" ? "numeric" : "decimal"))}
        {field("allowance", "taxes.allowance")}
        {field("payoff", "taxes.payoff")}
        {field("rebate", "taxes.rebate")}
        {select("rebateKind", "taxes.rebateKind", REBATES.map((value) => ({ value, label: t(`deal.rebate.${value}`) })))}
        {field("docFee", "taxes.docFee")}
        {field("accessories", "taxes.accessories")}
      </FieldGroup>
      <FieldGroup title={t("taxes.products")}>{PRODUCTS.map((product) => field(product, `deal.product.${product}` as TextKey))}</FieldGroup>
      <FieldGroup title={t("taxes.vehicle")}>
        {select("condition", "taxes.condition", (["new", "used"] as const).map((value) => ({ value, label: t(`vehicle.condition.${value}`) })))}
        {select("class", "taxes.class", [{ value: "", label: t("taxes.class.none") }, ...CLASSES.filter((value) => value !== "passenger").map((value) => ({ value, label: t(`vehicle.class.${value}`) }))])}
        {select("fuel", "taxes.fuel", [{ value: "", label: t("taxes.fuel.none") }, ...FUELS.map((value) => ({ value, label: t(`vehicle.fuel.${value}`) }))])}
        {field("modelYear", "taxes.modelYear", "numeric")}
        {field("msrp", "taxes.msrp")}
        {field("bookValue", "taxes.bookValue")}
        {field("weight", "taxes.weight", "numeric")}
        {field("gvwr", "taxes.gvwr", "numeric")}
        {field("mpg", "taxes.mpg", "numeric")}
        {field("odometer", "taxes.odometer", "numeric")}
      </FieldGroup>
      {rules !== undefined && rules.choices.length + rules.exemptions.length > 0 && <Law rules={rules} values={values} onChange={onChange} />}
    </form>
  );
}

/** The elections and exemptions that the state's rules know. */
function Law({ rules, values, onChange }: { rules: StateRules; values: ExplorerValues; onChange: (part: ExplorerValues) => void }) {
  return (
    <FieldGroup title={t("taxes.law")}>
      <ChoiceFields
        choices={rules.choices}
        chosen={electionsOf(values.choices)}
        onChoose={(name, option) => onChange({ choices: withElection(values.choices, name, option) })}
      />
      {rules.exemptions.length > 0 && (
        <SelectField
          label={t("taxes.exempt")}
          value={values.exempt ?? ""}
          onChange={(event) => onChange({ exempt: event.target.value })}
          choices={[{ value: "", label: t("taxes.exempt.none") }, ...rules.exemptions.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
    </FieldGroup>
  );
}
