import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { invitationsQuery, usersQuery } from "@/api/queries";
import type { User } from "@/api/types";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { CheckField, SelectField, TextField } from "@/ui/field";
import { givenRole, useRoleChoices } from "./roles";

const POINTERS = ["/name", "/email", "/password", "/role"];

export function AddPerson({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [values, setValues] = useState({ name: "", email: "", role: "salesperson" });
  const [password, setPassword] = useState<string>();
  const add = useMutation({
    mutationFn: () => {
      const { role, ...who } = values;
      return read<User>(api.POST("/api/v1/admin/users", { body: { ...who, ...givenRole(role), ...(password !== undefined && { password }) } }));
    },
    onSuccess: async (user) => {
      await Promise.all([usersQuery, invitationsQuery].map(({ queryKey }) => queries.invalidateQueries({ queryKey })));
      announce(t(password === undefined ? "people.invited.done" : "people.added", { name: user.name }));
      onClose();
    },
  });
  const error = add.error === null ? undefined : asApiError(add.error);
  const problem = problemText(error, POINTERS);
  const text = (key: "name" | "email") => ({
    required: true,
    value: values[key],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [key]: event.target.value }),
    error: error?.fields.find((field) => field.pointer === `/${key}`)?.detail,
  });
  return (
    <form
      aria-label={t("people.add")}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
      className="flex flex-col gap-3 border-b border-line bg-raised p-4"
    >
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      <div className="grid gap-3 md:grid-cols-4">
        <TextField label={t("word.name")} autoFocus {...text("name")} />
        <TextField label={t("word.email")} type="email" {...text("email")} />
        <SelectField
          label={t("people.column.role")}
          value={values.role}
          onChange={(event) => setValues({ ...values, role: event.target.value })}
          choices={useRoleChoices()}
        />
        {password !== undefined && (
          <TextField
            label={t("people.password")}
            type="password"
            autoComplete="new-password"
            hint={t("people.password.hint")}
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            error={error?.fields.find((field) => field.pointer === "/password")?.detail}
          />
        )}
      </div>
      <CheckField label={t("people.invite.how")} checked={password === undefined} onChange={(event) => setPassword(event.target.checked ? undefined : "")} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={add.isPending}>
          {t(password === undefined ? "people.invite" : "people.add")}
        </Button>
        <Button onClick={onClose}>{t("word.cancel")}</Button>
      </div>
    </form>
  );
}
