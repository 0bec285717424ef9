import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { isSignedIn, signedIn } from "@/api/session";
import type { SignInAnswer, SignInPending } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { CompanySignIn } from "./company-sign-in";
import { FrontPage } from "./front-page";
import { SignInSteps } from "./sign-in-steps";

/** `next`: where the person wanted to be. `ended`: somebody was signed in here and no longer is. */
export function SignInPage({ next, ended, onSignedIn }: { next: string | undefined; ended: boolean; onSignedIn: () => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    mutationFn: () => read<SignInAnswer>(api.POST("/api/v1/auth/login", { body: { email: email.trim(), password } })),
    onSuccess: (answer) => {
      if (isSignedIn(answer)) {
        signedIn(answer);
        onSignedIn();
      } else {
        setPassword("");
        setPending(answer);
      }
    },
  });
  const [pending, setPending] = useState<SignInPending>();
  const problem = signIn.error === null ? undefined : problemText(asApiError(signIn.error));
  if (pending !== undefined) {
    return (
      <SignInSteps
        pending={pending}
        onSignedIn={onSignedIn}
        onRestart={() => {
          setPending(undefined);
          signIn.reset();
        }}
      />
    );
  }
  return (
    <FrontPage title={t("signIn.title")}>
      <form
        aria-label={t("signIn.title")}
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
        className="flex flex-col gap-4"
      >
        {ended && problem === undefined && <p className="text-muted">{t("signIn.expired")}</p>}
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
        <TextField label={t("word.email")} type="email" autoComplete="username" enterKeyHint="next" required autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />
        <TextField
          label={t("word.password")}
          type="password"
          autoComplete="current-password"
          enterKeyHint="go"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" look="primary" wide disabled={signIn.isPending}>
          {t("signIn.action")}
        </Button>
        <Link to="/forgotten-password" className="self-start underline">
          {t("forgotten.link")}
        </Link>
      </form>
      <CompanySignIn email={email.trim()} next={next} />
    </FrontPage>
  );
}
