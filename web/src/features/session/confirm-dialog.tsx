import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { useConfirmation } from "@/api/confirmation";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { factorsQuery } from "@/api/queries";
import { signedIn } from "@/api/session";
import type { FactorProof, SignIn } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/field";
import { ProofForm } from "./proof-form";
import { methodsOf } from "./methods";

/** Asks again who is there, whenever a request waits for it. */
export function ConfirmDialog() {
  const answer = useConfirmation();
  if (answer === undefined) return null;
  return (
    <Dialog title={t("askAgain.title")} onClose={() => answer(false)}>
      <div className="flex flex-col gap-4 p-4">
        <p>{t("askAgain.text")}</p>
        <Question onConfirmed={() => answer(true)} />
      </div>
    </Dialog>
  );
}

function Question({ onConfirmed }: { onConfirmed: () => void }) {
  const { data, error } = useQuery(factorsQuery);
  const [password, setPassword] = useState("");
  const confirm = useMutation({
    mutationFn: (body: { proof: FactorProof } | { password: string }) => read<SignIn>(api.POST("/api/v1/auth/confirm", { body })),
    onSuccess: (confirmed) => {
      signedIn(confirmed);
      onConfirmed();
    },
  });
  const failed = error ?? confirm.error;
  const problem = failed === null ? undefined : problemText(asApiError(failed))?.message;
  if (data === undefined) return problem === undefined ? null : <Banner tone="bad" title={problem} />;
  if (data.items.length > 0) {
    return <ProofForm label={t("askAgain.title")} methods={methodsOf(data)} busy={confirm.isPending} problem={problem} onProof={(proof) => confirm.mutate({ proof })} />;
  }
  return (
    <form
      aria-label={t("askAgain.title")}
      onSubmit={(event) => {
        event.preventDefault();
        if (!confirm.isPending) confirm.mutate({ password });
      }}
      className="flex flex-col gap-4"
    >
      {problem !== undefined && <Banner tone="bad" title={problem} />}
      <TextField label={t("askAgain.password")} type="password" autoComplete="current-password" enterKeyHint="go" required autoFocus value={password} onChange={(event) => setPassword(event.target.value)} />
      <Button type="submit" look="primary" wide disabled={confirm.isPending}>
        {t("factor.confirm")}
      </Button>
    </form>
  );
}
