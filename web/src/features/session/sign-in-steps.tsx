import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { hasPasskeys } from "@/api/passkeys";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { isSignedIn, signedIn } from "@/api/session";
import type { FactorAdded, FactorMethod, FactorProof, SignIn, SignInAnswer, SignInPending } from "@/api/types";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { CodeSetup } from "./code-setup";
import { FrontPage } from "./front-page";
import { isSent } from "./methods";
import { PasskeySetup } from "./passkey-setup";
import { NewPassword } from "./new-password";
import { ProofForm } from "./proof-form";
import { RecoveryCodes } from "./recovery-codes";
import { TotpSetup } from "./totp-setup";

interface Props {
  pending: SignInPending;
  onSignedIn: () => void;
  /** Begins again with the password. */
  onRestart: () => void;
}

/** What is left of a sign-in after the password, one step after the other. */
export function SignInSteps({ pending: first, onSignedIn, onRestart }: Props) {
  const [pending, setPending] = useState(first);
  const goOn = (answer: SignInAnswer) => {
    if (isSignedIn(answer)) {
      signedIn(answer);
      onSignedIn();
    } else {
      setPending(answer);
    }
  };
  const step = stepOf(pending, goOn);
  return (
    <FrontPage key={pending.step} title={t(`steps.${pending.step}.title`)} lead={t(`steps.${pending.step}.lead`)}>
      {step}
      <div className="mt-6">
        <Button look="quiet" wide onClick={onRestart}>
          {t("steps.restart")}
        </Button>
      </div>
    </FrontPage>
  );
}

function stepOf(pending: SignInPending, onAnswer: (answer: SignInAnswer) => void) {
  switch (pending.step) {
    case "factor":
      return <Factor pending={pending} onAnswer={onAnswer} />;
    case "enrol":
      return <Enrolment ticket={pending.ticket} methods={pending.methods} onAnswer={onAnswer} />;
    case "changePassword":
      return <NewPassword ticket={pending.ticket} onAnswer={onAnswer} />;
  }
}

function Factor({ pending, onAnswer }: { pending: SignInPending; onAnswer: (answer: SignInAnswer) => void }) {
  const prove = useMutation({
    mutationFn: (proof: FactorProof) => read<SignInAnswer>(api.POST("/api/v1/auth/factor", { body: { ticket: pending.ticket, proof } })),
    onSuccess: onAnswer,
  });
  const problem = prove.error === null ? undefined : problemText(asApiError(prove.error));
  return <ProofForm label={t("steps.factor.title")} methods={pending.methods} ticket={pending.ticket} busy={prove.isPending} problem={problem?.message} onProof={(proof) => prove.mutate(proof)} />;
}

function Enrolment({ ticket, methods, onAnswer }: { ticket: string; methods: readonly FactorMethod[]; onAnswer: (answer: SignInAnswer) => void }) {
  const [added, setAdded] = useState<FactorAdded>();
  const [channel, setChannel] = useState<"email" | "sms">();
  const answer: SignIn | SignInPending | undefined = added?.signIn?.loggedIn ?? added?.signIn?.pending ?? undefined;
  if (added === undefined || answer === undefined) {
    if (channel !== undefined) {
      return (
        <div className="flex flex-col gap-4">
          <CodeSetup channel={channel} ticket={ticket} onAdded={setAdded} />
          <Button look="quiet" wide onClick={() => setChannel(undefined)}>
            {t("code.setup.other")}
          </Button>
        </div>
      );
    }
    return (
      <div className="flex flex-col gap-6">
        <TotpSetup ticket={ticket} onAdded={setAdded} />
        {hasPasskeys() && (
          <section aria-label={t("factor.use.passkey")} className="flex flex-col gap-3 border-t border-line pt-4">
            <p>{t("passkey.lead")}</p>
            <PasskeySetup ticket={ticket} wide onAdded={setAdded} />
          </section>
        )}
        <section aria-label={t("code.setup.title")} className="flex flex-col gap-3 border-t border-line pt-4">
          <p>{t("code.setup.lead")}</p>
          {methods.filter(isSent).map((sent) => (
            <Button key={sent} wide onClick={() => setChannel(sent)}>
              {t(`code.setup.open.${sent}`)}
            </Button>
          ))}
        </section>
      </div>
    );
  }
  return <RecoveryCodes codes={added.recoveryCodes ?? []} doneLabel={t("recovery.kept")} onDone={() => onAnswer(answer)} />;
}
