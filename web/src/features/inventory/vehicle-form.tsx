import { useState } from "react";
import { problemText } from "@/api/problem-text";
import type { EntityForm } from "@/api/use-entity-form";
import { t } from "@/i18n/text";
import { FieldGroup, SelectField, TextField } from "@/ui/field";
import { FormFrame } from "@/ui/form-frame";
import { CLASSES, CONDITIONS, FUELS } from "./kinds";
import { describeVehicle, LABELS, vehicleFaults, type Faults, type VehicleValues } from "./vehicle-values";
import { VinHint } from "./vin-hint";

interface Props {
  form: EntityForm<VehicleValues>;
  label: string;
  submitLabel: string;
  readOnly?: boolean;
  /** Whether the reader may see and set what the store paid. */
  showCost: boolean;
  /** The VIN on file: what it says stands elsewhere on the page. */
  knownVin?: string;
  /** The stock number that the store would give, by the condition; absent where numbers are typed. */
  given?: Readonly<Record<string, string | undefined>>;
}

export function VehicleForm({ form, label, submitLabel, readOnly = false, showCost, knownVin, given }: Props) {
  const { values, set, faultOf, theirs } = form;
  const [faults, setFaults] = useState<Faults>({});
  const numbered = given?.[values.condition];
  const submit = () => {
    const found = vehicleFaults(values, numbered !== undefined);
    setFaults(found);
    if (Object.keys(found).length === 0) form.submit();
  };
  const text = (key: keyof VehicleValues) => {
    const fault = faults[key];
    return {
      label: t(LABELS[key]),
      value: values[key],
      onChange: (event: { target: { value: string } }) => set({ [key]: event.target.value }),
      error: fault === undefined ? faultOf(`/${key}`) : t(fault),
    };
  };
  return (
    <FormFrame
      label={label}
      submitLabel={submitLabel}
      onSubmit={submit}
      busy={form.busy}
      saved={form.saved}
      readOnly={readOnly}
      problem={problemText(form.error, Object.keys(values).map((key) => `/${key}`))}
      stale={
        theirs && {
          mine: describeVehicle(values),
          theirs: describeVehicle(theirs.values),
          keepMine: theirs.keepMine,
          takeTheirs: theirs.takeTheirs,
        }
      }
    >
      <FieldGroup title={t("vehicle.identity")}>
        <TextField
          required={numbered === undefined}
          optional={numbered !== undefined}
          hint={numbered === undefined ? undefined : t("vehicle.stockNumber.given", { number: numbered })}
          autoFocus={knownVin === undefined}
          {...text("stockNumber")}
        />
        <div className="flex min-w-0 flex-col gap-1">
          <TextField required hint={t("vehicle.vin.hint")} maxLength={17} spellCheck={false} {...text("vin")} />
          <VinHint typed={values} knownVin={knownVin} fault={faultOf("/vin")} />
        </div>
        <SelectField
          {...text("condition")}
          choices={CONDITIONS.map((value) => ({ value, label: t(`vehicle.condition.${value}`) }))}
        />
        <TextField required inputMode="numeric" {...text("year")} />
        <TextField required {...text("make")} />
        <TextField required {...text("model")} />
        <TextField optional {...text("trim")} />
        <TextField optional {...text("bodyClass")} />
        <TextField required inputMode="numeric" {...text("odometer")} />
        <TextField required type="date" {...text("receivedOn")} />
      </FieldGroup>
      <FieldGroup title={t("vehicle.money")}>
        <TextField optional inputMode="decimal" {...text("msrp")} />
        <TextField optional inputMode="decimal" {...text("price")} />
        {showCost && <TextField optional inputMode="decimal" {...text("cost")} />}
      </FieldGroup>
      <FieldGroup title={t("vehicle.facts")}>
        <SelectField
          optional
          {...text("class")}
          choices={[{ value: "", label: "–" }, ...CLASSES.map((value) => ({ value, label: t(`vehicle.class.${value}`) }))]}
        />
        <TextField optional inputMode="numeric" {...text("weightLb")} />
        <TextField optional inputMode="numeric" {...text("mpg")} />
        <SelectField
          optional
          {...text("fuel")}
          choices={[{ value: "", label: "–" }, ...FUELS.map((value) => ({ value, label: t(`vehicle.fuel.${value}`) }))]}
        />
      </FieldGroup>
    </FormFrame>
  );
}
