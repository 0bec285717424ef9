import type { EntityForm } from "@/api/use-entity-form";
import type { ReactNode } from "react";
import { problemText } from "@/api/problem-text";
import { useCounties } from "@/api/use-counties";
import { t } from "@/i18n/text";
import { FieldGroup, TextArea, TextField } from "@/ui/field";
import { FormFrame } from "@/ui/form-frame";
import { PlaceFields } from "@/ui/place-fields";
import { describeCustomer, type CustomerValues } from "./customer-values";

const POINTERS = ["/firstName", "/lastName", "/phone", "/email", "/street", "/notes", "/dateOfBirth", "/place/state"];

interface Props {
  form: EntityForm<CustomerValues>;
  label: string;
  submitLabel: string;
  readOnly?: boolean;
  /** A date of birth is kept, but not shown without a reason. */
  birthOnFile?: boolean;
  /** The field that typing goes to at first: of a new customer, the first one that is not filled in. */
  begin?: "firstName" | "phone";
  /** Stands below the ways to reach the customer. */
  hint?: ReactNode;
}

export function CustomerForm({ form, label, submitLabel, readOnly = false, birthOnFile = false, begin, hint }: Props) {
  const { values, set, faultOf, theirs } = form;
  const counties = useCounties(values.place.state);
  const text = (key: Exclude<keyof CustomerValues, "place">) => ({
    value: values[key],
    onChange: (event: { target: { value: string } }) => set({ [key]: event.target.value }),
    error: faultOf(`/${key}`),
    autoFocus: key === begin,
  });
  return (
    <FormFrame
      label={label}
      submitLabel={submitLabel}
      onSubmit={form.submit}
      busy={form.busy}
      saved={form.saved}
      readOnly={readOnly}
      problem={problemText(form.error, POINTERS)}
      stale={
        theirs && {
          mine: describeCustomer(values),
          theirs: describeCustomer(theirs.values),
          keepMine: theirs.keepMine,
          takeTheirs: theirs.takeTheirs,
        }
      }
    >
      <FieldGroup title={t("customer.name")}>
        <TextField label={t("customer.firstName")} required {...text("firstName")} />
        <TextField label={t("customer.lastName")} required {...text("lastName")} />
        <TextField label={t("customer.phone")} optional inputMode="tel" {...text("phone")} />
        <TextField label={t("word.email")} optional type="email" {...text("email")} />
        {hint}
        <TextField
          label={t("customer.dateOfBirth")}
          optional
          type="date"
          hint={birthOnFile ? t("customer.dateOfBirth.onFile") : undefined}
          {...text("dateOfBirth")}
        />
      </FieldGroup>
      <FieldGroup title={t("customer.address")}>
        <TextField label={t("place.street")} optional {...text("street")} />
        <PlaceFields value={values.place} onChange={(place) => set({ place })} counties={counties} error={faultOf("/place/state")} />
      </FieldGroup>
      <TextArea label={t("customer.notes")} optional {...text("notes")} />
    </FormFrame>
  );
}
