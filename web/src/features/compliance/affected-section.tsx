import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { storeToday } from "@/api/session";
import type { ComplianceDesk } from "@/api/types";
import { plural, t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { SelectField, TextField } from "@/ui/field";
import { CELL, HEAD, TABLE } from "@/ui/list-page";
import { saveFile } from "@/lib/save-file";

/** Whose data an incident reached: counted by state, and as a list for the letters. */
export function AffectedSection({ members, mayList }: { members: ComplianceDesk["members"]; mayList: boolean }) {
  const heading = useId();
  const [values, setValues] = useState(() => ({ from: storeToday(), until: storeToday(), person: "" }));
  const query = () => ({
    from: new Date(`${values.from}T00:00`).toISOString(),
    until: new Date(new Date(`${values.until}T00:00`).getTime() + 24 * 60 * 60 * 1000).toISOString(),
    ...(values.person === "" ? {} : { personId: values.person }),
  });
  const count = useMutation({
    mutationFn: () => read(api.GET("/api/v1/compliance/affected", { params: { query: query() } })),
    onSuccess: ({ customers }) => announce(plural("compliance.affected.result", customers)),
  });
  const list = useMutation({
    mutationFn: () => read<string>(api.POST("/api/v1/compliance/affected", { params: { query: query() }, parseAs: "text" })),
    onSuccess: (text) => saveFile("affected-customers.csv", "text/csv", text),
    gcTime: 0,
  });
  const error = count.error ?? list.error;
  const text = (key: keyof typeof values) => ({
    value: values[key],
    onChange: (event: { target: { value: string } }) => {
      setValues({ ...values, [key]: event.target.value });
      count.reset();
    },
  });
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-3">
      <h2 id={heading} className="text-15 font-semibold">{t("compliance.affected")}</h2>
      <p className="text-muted">{t("compliance.affected.hint")}</p>
      <form
        aria-label={t("compliance.affected")}
        onSubmit={(event) => {
          event.preventDefault();
          count.mutate();
        }}
        className="flex flex-col gap-3"
      >
        <div className="grid gap-3 md:grid-cols-3">
          <TextField label={t("compliance.affected.from")} type="date" required {...text("from")} />
          <TextField label={t("compliance.affected.until")} type="date" required {...text("until")} />
          <SelectField
            label={t("compliance.affected.person")}
            {...text("person")}
            choices={[{ value: "", label: t("compliance.affected.everybody") }, ...members.map(({ personId, name }) => ({ value: personId, label: name }))]}
          />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" disabled={count.isPending}>{t("compliance.affected.count")}</Button>
          {mayList && (
            <Button onClick={() => list.mutate()} disabled={list.isPending}>{t("compliance.affected.download")}</Button>
          )}
        </div>
      </form>
      {error !== null && <Banner tone="bad" title={asApiError(error).message} />}
      {count.data !== undefined && <Result affected={count.data} />}
    </section>
  );
}

interface Affected {
  customers: number;
  states: { state?: string | null; customers: number; withEmail: number; withPhone: number; withStreet: number; withDateOfBirth: number }[];
}

function Result({ affected: { customers, states } }: { affected: Affected }) {
  return (
    <>
      <p className="font-semibold">{plural("compliance.affected.result", customers)}</p>
      {states.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table scrolls by keyboard
        <div className="overflow-x-auto" role="region" aria-label={t("compliance.affected")} tabIndex={0}>
          <table aria-label={t("compliance.affected")} className={TABLE}>
            <thead>
              <tr>
                {(["state", "customers", "email", "phone", "street", "born"] as const).map((key) => (
                  <th key={key} scope="col" className={HEAD}>{t(`compliance.affected.${key}`)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {states.map((row) => (
                <tr key={row.state ?? ""}>
                  <td className={CELL}>{row.state ?? t("compliance.affected.noState")}</td>
                  <td className={CELL}>{row.customers}</td>
                  <td className={CELL}>{row.withEmail}</td>
                  <td className={CELL}>{row.withPhone}</td>
                  <td className={CELL}>{row.withStreet}</td>
                  <td className={CELL}>{row.withDateOfBirth}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
