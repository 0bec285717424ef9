import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { FrontPage } from "./front-page";

/** Asks for a link to choose a new password. What it says afterwards is the same for every address. */
export function ForgottenPasswordPage() {
  const [email, setEmail] = useState("");
  const ask = useMutation({
    mutationFn: () => read(api.POST("/api/v1/auth/forgotten-password", { body: { email: email.trim() } })),
  });
  const problem = ask.error === null ? undefined : problemText(asApiError(ask.error));
  return (
    <FrontPage title={t("forgotten.title")} lead={t("forgotten.lead")}>
      <div className="flex flex-col gap-4">
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
        {ask.isSuccess ? (
          <Banner tone="good" title={t("forgotten.done.title")}>
            {t("forgotten.done.text", { email: email.trim() })}
          </Banner>
        ) : (
          <form
            aria-label={t("forgotten.title")}
            onSubmit={(event) => {
              event.preventDefault();
              ask.mutate();
            }}
            className="flex flex-col gap-4"
          >
            <TextField
              label={t("word.email")}
              type="email"
              autoComplete="username"
              enterKeyHint="go"
              required
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
            <Button type="submit" look="primary" wide disabled={ask.isPending}>
              {t("forgotten.action")}
            </Button>
          </form>
        )}
        <Link to="/sign-in" className="self-start underline">
          {t("forgotten.back")}
        </Link>
      </div>
    </FrontPage>
  );
}
