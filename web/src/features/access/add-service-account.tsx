import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, idempotent, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { ROLES } from "@/api/roles";
import type { Role } from "@/api/types";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { SelectField, TextField } from "@/ui/field";
import { serviceAccountsQuery, type ServiceAccount } from "./keys";

const POINTERS = ["/name", "/purpose", "/role"];
/** A program administers no store. */
const CHOICES = ROLES.filter((role) => role !== "administrator" && role !== "group_administrator");

export function AddServiceAccount({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [attempt] = useState(() => crypto.randomUUID());
  const [values, setValues] = useState({ name: "", purpose: "", role: "salesperson" as Role });
  const add = useMutation({
    mutationFn: () =>
      read<ServiceAccount>(api.POST("/api/v1/admin/service-accounts", { params: { header: idempotent(`${attempt}-${values.name}`) }, body: values })),
    onSuccess: async (account) => {
      await queries.invalidateQueries({ queryKey: serviceAccountsQuery.queryKey });
      announce(t("service.made", { name: account.name }));
      onClose();
    },
  });
  const error = add.error === null ? undefined : asApiError(add.error);
  const problem = problemText(error, POINTERS);
  const text = (key: "name" | "purpose") => ({
    required: true,
    value: values[key],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [key]: event.target.value }),
    error: error?.fields.find((field) => field.pointer === `/${key}`)?.detail,
  });
  return (
    <form
      aria-label={t("service.new")}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
      className="flex flex-col gap-3 border-b border-line bg-raised p-4"
    >
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      <div className="grid gap-3 md:grid-cols-3">
        <TextField label={t("word.name")} autoFocus {...text("name")} />
        <TextField label={t("service.purpose")} {...text("purpose")} />
        <SelectField
          label={t("service.role")}
          value={values.role}
          onChange={(event) => setValues({ ...values, role: CHOICES.find((role) => role === event.target.value) ?? "salesperson" })}
          choices={CHOICES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
      </div>
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={add.isPending}>
          {t("service.make")}
        </Button>
        <Button onClick={onClose}>{t("word.cancel")}</Button>
      </div>
    </form>
  );
}
