import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { SignInAnswer } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";

/** The step of a sign-in in which a password that somebody else chose is replaced. */
export function NewPassword({ ticket, onAnswer }: { ticket: string; onAnswer: (answer: SignInAnswer) => void }) {
  const [password, setPassword] = useState("");
  const replace = useMutation({
    mutationFn: () => read<SignInAnswer>(api.POST("/api/v1/auth/password", { body: { ticket, password } })),
    onSuccess: onAnswer,
  });
  const error = replace.error === null ? undefined : asApiError(replace.error);
  const problem = problemText(error, ["/password"]);
  return (
    <form
      aria-label={t("steps.changePassword.title")}
      onSubmit={(event) => {
        event.preventDefault();
        replace.mutate();
      }}
      className="flex flex-col gap-4"
    >
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      <TextField
        label={t("link.password")}
        type="password"
        autoComplete="new-password"
        enterKeyHint="go"
        required
        autoFocus
        hint={t("link.password.hint")}
        error={error?.fields.find((field) => field.pointer === "/password")?.detail}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look="primary" wide disabled={replace.isPending}>
        {t("link.action")}
      </Button>
    </form>
  );
}
