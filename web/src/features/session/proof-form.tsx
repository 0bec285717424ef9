import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { provePasskey } from "@/api/passkeys";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { CodeSent, FactorMethod, FactorProof } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { CodeField } from "./code-field";
import { isSent } from "./methods";

interface Props {
  label: string;
  /** What the person can prove themselves by; the first one is offered first. */
  methods: readonly FactorMethod[];
  /** Of the log-in; without one it is a session that is confirmed. */
  ticket?: string;
  busy: boolean;
  problem: string | undefined;
  onProof: (proof: FactorProof) => void;
}

/** Asks for a second factor, by whichever of the person's own they like. */
export function ProofForm({ label, methods, ticket, busy, problem, onProof }: Props) {
  const [chosen, setChosen] = useState(methods[0] ?? "totp");
  const [code, setCode] = useState("");
  const passkey = useMutation({
    mutationFn: async () => provePasskey(await read(api.POST("/api/v1/auth/passkey", { body: { ticket: ticket ?? null } }))),
    onSuccess: (proof) => {
      if (proof !== undefined) onProof(proof);
    },
  });
  const send = useMutation({
    mutationFn: (channel: "email" | "sms") => read<CodeSent>(api.POST("/api/v1/auth/code", { body: { ticket: ticket ?? null, channel } })),
  });
  const failed = passkey.error ?? send.error;
  const refused = failed === null ? undefined : problemText(asApiError(failed))?.message;
  // Nothing is typed before something was sent.
  const toSend = isSent(chosen) && send.data === undefined ? chosen : undefined;
  const unproved = passkey.isSuccess && passkey.data === undefined ? t("passkey.unproved") : undefined;
  const said = refused ?? unproved ?? problem;
  const submit = () => {
    if (busy || passkey.isPending || send.isPending) return;
    if (toSend !== undefined) {
      send.mutate(toSend);
      return;
    }
    if (chosen === "passkey") passkey.mutate();
    else if (chosen !== "password") onProof({ method: chosen, code });
    setCode("");
  };
  return (
    <form
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="flex flex-col gap-4"
    >
      {said !== undefined && <Banner tone="bad" title={said} />}
      {chosen === "totp" && <CodeField label={t("factor.code")} value={code} onChange={setCode} autoFocus />}
      {toSend !== undefined && <p>{t(`code.send.${toSend}`)}</p>}
      {isSent(chosen) && send.data !== undefined && (
        <>
          <p role="status">{t("code.sent", { to: send.data.sentTo })}</p>
          <CodeField label={t("code.field")} hint={t("code.hint")} value={code} onChange={setCode} autoFocus />
        </>
      )}
      {chosen === "passkey" && <p>{t("passkey.prove.text")}</p>}
      {chosen === "recoveryCode" && (
        <TextField
          label={t("factor.recoveryCode")}
          hint={t("factor.recoveryCode.hint")}
          enterKeyHint="go"
          autoCapitalize="characters"
          spellCheck={false}
          required
          autoFocus
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      )}
      <Button type="submit" look="primary" wide disabled={busy || passkey.isPending || send.isPending}>
        {t(toSend === undefined ? (chosen === "passkey" ? "factor.use.passkey" : "factor.confirm") : "code.send")}
      </Button>
      {isSent(chosen) && send.data !== undefined && (
        <Button look="quiet" wide disabled={send.isPending} onClick={() => send.mutate(chosen)}>
          {t("code.send.again")}
        </Button>
      )}
      {methods.map(
        (method) =>
          method !== chosen &&
          method !== "password" && (
            <Button
              key={method}
              look="quiet"
              wide
              onClick={() => {
                setChosen(method);
                setCode("");
                passkey.reset();
                send.reset();
              }}
            >
              {t(`factor.use.${method}`)}
            </Button>
          ),
      )}
    </form>
  );
}
