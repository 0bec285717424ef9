import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import { api, idempotent, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { complianceQuery } from "@/api/privacy";
import { storeToday, useSession } from "@/api/session";
import type { ComplianceDesk } from "@/api/types";
import { isTextKey, t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextArea, TextField } from "@/ui/field";
import { CELL, HEAD, TABLE } from "@/ui/list-page";
import type { SignOffKind } from "./duties";

interface Props {
  kind: SignOffKind;
  members: ComplianceDesk["members"];
  onClose: () => void;
}

/** Signs a duty off. An access review first shows who has which access. */
export function SignOffForm({ kind, members, onClose }: Props) {
  const queries = useQueryClient();
  const session = useSession();
  const title = t("compliance.signOff.of", { duty: t(`compliance.row.${kind}`) });
  const [id] = useState(uuidv7);
  const [values, setValues] = useState({ name: session.person.name, doneOn: storeToday(), dueOn: "", note: "" });
  const sign = useMutation({
    mutationFn: () =>
      read(
        api.POST("/api/v1/compliance/sign-offs", {
          params: { header: idempotent(id) },
          body: { id, kind, name: values.name.trim(), doneOn: values.doneOn, ...filled({ dueOn: values.dueOn, note: values.note.trim() }) },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: complianceQuery.queryKey });
      announce(t("compliance.signOff.done"));
      onClose();
    },
  });
  const error = sign.error === null ? undefined : asApiError(sign.error);
  const problem = problemText(error, ["/name", "/doneOn", "/dueOn", "/note"]);
  const text = (key: keyof typeof values) => ({
    value: values[key],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [key]: event.target.value }),
    error: error?.fields.find(({ pointer }) => pointer === `/${key}`)?.detail,
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the controls inside
    <form
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        sign.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
      className="flex flex-col gap-3 rounded-sm border-l-4 border-accent bg-raised p-3"
    >
      <h2 className="text-15 font-semibold">{title}</h2>
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      {kind === "access_review" && <Access members={members} />}
      <div className="grid gap-3 md:grid-cols-3">
        <TextField
          label={t(kind === "qualified_individual" ? "compliance.signOff.name.qualified_individual" : "compliance.signOff.name")}
          autoFocus
          required
          maxLength={120}
          {...text("name")}
        />
        <TextField label={t(kind === "qualified_individual" ? "compliance.signOff.since" : "compliance.signOff.doneOn")} type="date" required {...text("doneOn")} />
        <TextField label={t("compliance.signOff.dueOn")} type="date" optional {...text("dueOn")} />
      </div>
      <TextArea label={t("compliance.signOff.note")} optional maxLength={2000} {...text("note")} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={sign.isPending}>
          {t("compliance.signOff")}
        </Button>
        <Button onClick={onClose} combo="Escape">
          {t("word.cancel")}
        </Button>
      </div>
    </form>
  );
}

function Access({ members }: { members: ComplianceDesk["members"] }) {
  return (
    <>
      <p>{t("compliance.review.attest")}</p>
      <table aria-label={t("compliance.review.attest")} className={TABLE}>
        <thead>
          <tr>
            <th scope="col" className={HEAD}>{t("word.name")}</th>
            <th scope="col" className={HEAD}>{t("compliance.review.role")}</th>
          </tr>
        </thead>
        <tbody>
          {members
            .filter(({ active }) => active)
            .map(({ personId, name, role }) => (
              <tr key={personId}>
                <td className={CELL}>{name}</td>
                <td className={CELL}>{isTextKey(`role.${role}`) ? t(`role.${role}` as "role.salesperson") : role}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </>
  );
}

/** Only what was filled in: absent means none. */
export function filled<K extends string>(values: Record<K, string>): Partial<Record<K, string>> {
  return Object.fromEntries(Object.entries<string>(values).filter(([, value]) => value !== "")) as Partial<Record<K, string>>;
}
