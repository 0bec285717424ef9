import { useEffect } from "react";
import { whenBack } from "@/api/recovery";
import { useSessionState } from "@/api/session";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { Logo } from "@/ui/logo";
import { PageTitle } from "@/ui/page-title";

/** The server cannot be reached: says so, what still works and what to do, and goes on by itself once it can. */
export function Offline({ onBack }: { onBack: () => void }) {
  // Without a session there is no frame around the page.
  const alone = useSessionState().status !== "signedIn";
  useEffect(() => whenBack(undefined, onBack), [onBack]);
  const Frame = alone ? "main" : "div";
  return (
    <Frame className="mx-auto flex max-w-[32rem] flex-col gap-4 px-4 py-[8vh] text-15">
      <PageTitle>{t("offline.title")}</PageTitle>
      {alone && (
        <p className="mb-4 flex items-center gap-2.5 text-18 font-semibold">
          <Logo />
          {t("product.name")}
        </p>
      )}
      <h1 className="text-24 font-semibold">{t("offline.title")}</h1>
      <p role="status">{t("offline.lead")}</p>
      <dl className="flex flex-col gap-3">
        {(["works", "not", "do"] as const).map((part) => (
          <div key={part}>
            <dt className="font-semibold">{t(`offline.${part}`)}</dt>
            <dd className="text-muted">{t(`offline.${part}.text`)}</dd>
          </div>
        ))}
      </dl>
      <div>
        <Button look="primary" onClick={onBack}>
          {t("word.retry")}
        </Button>
      </div>
    </Frame>
  );
}
