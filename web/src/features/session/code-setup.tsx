import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { FactorAdded, NewCodeFactor } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { CodeField } from "./code-field";

interface Props {
  channel: "email" | "sms";
  /** Of a log-in; without one, of a session. */
  ticket?: string;
  onAdded: (added: FactorAdded) => void;
}

/** Sets codes up that are sent by mail or as texts: the first one confirms that they arrive. */
export function CodeSetup({ channel, ticket, onAdded }: Props) {
  const [number, setNumber] = useState("");
  const [code, setCode] = useState("");
  const begin = useMutation({
    mutationFn: () => read<NewCodeFactor>(api.POST("/api/v1/auth/factors/code", { body: { ticket: ticket ?? null, channel, number: channel === "sms" ? number : null } })),
    onSuccess: () => setCode(""),
  });
  const confirm = useMutation({
    mutationFn: (id: string) => read<FactorAdded>(api.POST("/api/v1/auth/factors/code/confirm", { body: { ticket: ticket ?? null, id, code } })),
    onSuccess: onAdded,
    gcTime: 0,
  });
  const error = confirm.error ?? begin.error;
  const problem = error === null ? undefined : problemText(asApiError(error))?.message;
  const waiting = begin.data;
  const busy = begin.isPending || confirm.isPending;
  const send = () => {
    confirm.reset();
    begin.mutate();
  };
  return (
    <form
      aria-label={t(`factor.${channel}`)}
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        if (waiting === undefined) send();
        else confirm.mutate(waiting.id);
      }}
      className="flex flex-col gap-4"
    >
      {problem !== undefined && <Banner tone="bad" title={problem} />}
      {waiting === undefined ? (
        <>
          <p>{t(`code.setup.${channel}`)}</p>
          {channel === "sms" && (
            <TextField label={t("code.number")} hint={t("code.number.hint")} type="tel" autoComplete="tel" enterKeyHint="send" required autoFocus maxLength={40} value={number} onChange={(event) => setNumber(event.target.value)} />
          )}
        </>
      ) : (
        <>
          <p role="status">{t("code.sent", { to: waiting.sentTo })}</p>
          <CodeField label={t("code.field")} hint={t("code.hint")} value={code} onChange={setCode} autoFocus />
        </>
      )}
      <Button type="submit" look="primary" wide disabled={busy}>
        {t(waiting === undefined ? "code.send" : "code.setup.confirm")}
      </Button>
      {waiting !== undefined && (
        <Button look="quiet" wide disabled={busy} onClick={send}>
          {t("code.send.again")}
        </Button>
      )}
    </form>
  );
}
