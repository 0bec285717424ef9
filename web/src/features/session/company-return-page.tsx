import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { isSignedIn, signedIn } from "@/api/session";
import type { SignInAnswer, SignInPending } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import type { Returned } from "./company-return";
import { FrontPage } from "./front-page";
import { SignInSteps } from "./sign-in-steps";

interface Props {
  back: Returned | undefined;
  onSignedIn: () => void;
  onRestart: () => void;
}

/** Where the company's provider sends the browser back to. */
export function CompanyReturnPage({ back, onSignedIn, onRestart }: Props) {
  const [pending, setPending] = useState<SignInPending>();
  const { mutate, error } = useMutation({
    mutationFn: (body: Returned) => read<SignInAnswer>(api.POST("/api/v1/auth/sso/complete", { body })),
    onSuccess: (answer) => {
      if (isSignedIn(answer)) {
        signedIn(answer);
        onSignedIn();
      } else {
        setPending(answer);
      }
    },
  });
  // A return works once.
  const sent = useRef(false);
  useEffect(() => {
    if (back === undefined || sent.current) return;
    sent.current = true;
    mutate(back);
  }, [back, mutate]);
  if (pending !== undefined) return <SignInSteps pending={pending} onSignedIn={onSignedIn} onRestart={onRestart} />;
  const problem = back === undefined ? t("company.refused") : error === null ? undefined : problemText(asApiError(error))?.message;
  return (
    <FrontPage title={t("signIn.title")} lead={t("company.back")}>
      {problem !== undefined && (
        <div className="flex flex-col gap-4">
          <Banner tone="bad" title={problem} />
          <Button look="primary" wide onClick={onRestart}>
            {t("steps.restart")}
          </Button>
        </div>
      )}
    </FrontPage>
  );
}
