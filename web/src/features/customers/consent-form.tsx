import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import { api, idempotent, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { consentsQuery } from "@/api/privacy";
import type { ConsentWrite } from "@/api/types";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { SelectField, TextArea } from "@/ui/field";

const CHANNELS = ["email", "sms", "phone", "sharing"] as const satisfies readonly ConsentWrite["channel"][];
const SOURCES = ["in_person", "phone", "web", "paper"] as const satisfies readonly ConsentWrite["source"][];

/** Notes what the customer just said. */
export function ConsentForm({ id, onClose }: { id: string; onClose: () => void }) {
  const queries = useQueryClient();
  const [entry, setEntry] = useState<ConsentWrite>(() => ({ id: uuidv7(), channel: "email", given: true, source: "in_person", wording: "" }));
  const add = useMutation({
    mutationFn: () =>
      read(
        api.POST("/api/v1/customers/{id}/consents", {
          params: { path: { id }, header: idempotent(entry.id) },
          body: { ...entry, wording: entry.wording.trim() },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: consentsQuery(id).queryKey });
      announce(t("consent.recorded"));
      onClose();
    },
  });
  const error = add.error === null ? undefined : asApiError(add.error);
  const problem = problemText(error, ["/wording"]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the controls inside
    <form
      aria-label={t("consent.record")}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
      className="flex flex-col gap-3 rounded-sm border-l-4 border-accent bg-raised p-3"
    >
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      <div className="grid gap-3 md:grid-cols-3">
        <SelectField
          label={t("consent.channel")}
          autoFocus
          value={entry.channel}
          onChange={(event) => setEntry({ ...entry, channel: CHANNELS.find((known) => known === event.target.value) ?? "email" })}
          choices={CHANNELS.map((value) => ({ value, label: t(`consent.channel.${value}`) }))}
        />
        <SelectField
          label={t("consent.said")}
          value={entry.given ? "given" : "withdrawn"}
          onChange={(event) => setEntry({ ...entry, given: event.target.value === "given" })}
          choices={(["given", "withdrawn"] as const).map((value) => ({ value, label: t(`consent.record.${value}`) }))}
        />
        <SelectField
          label={t("consent.source")}
          value={entry.source}
          onChange={(event) => setEntry({ ...entry, source: SOURCES.find((known) => known === event.target.value) ?? "in_person" })}
          choices={SOURCES.map((value) => ({ value, label: t(`consent.source.${value}`) }))}
        />
      </div>
      <TextArea
        label={t("consent.wording")}
        required
        maxLength={2000}
        value={entry.wording}
        onChange={(event) => setEntry({ ...entry, wording: event.target.value })}
        error={error?.fields.find(({ pointer }) => pointer === "/wording")?.detail}
      />
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={add.isPending}>
          {t("consent.record")}
        </Button>
        <Button onClick={onClose} combo="Escape">
          {t("word.cancel")}
        </Button>
      </div>
    </form>
  );
}
