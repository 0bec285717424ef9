import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { provePasskey } from "@/api/passkeys";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { FactorMethod, FactorProof } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { CodeField } from "./code-field";

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
  const refused = passkey.error === null ? undefined : problemText(asApiError(passkey.error))?.message;
  const unproved = passkey.isSuccess && passkey.data === undefined ? t("passkey.unproved") : undefined;
  const said = refused ?? unproved ?? problem;
  const submit = () => {
    if (busy || passkey.isPending) return;
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
      <Button type="submit" look="primary" wide disabled={busy || passkey.isPending}>
        {t(chosen === "passkey" ? "factor.use.passkey" : "factor.confirm")}
      </Button>
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
              }}
            >
              {t(`factor.use.${method}`)}
            </Button>
          ),
      )}
    </form>
  );
}
