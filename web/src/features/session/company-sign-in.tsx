import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { leaveFor } from "./company-return";

/** Signing in with the account of one's company: the host of the address tells the provider. */
export function CompanySignIn({ email, next }: { email: string; next: string | undefined }) {
  const [missing, setMissing] = useState(false);
  const begin = useMutation({
    mutationFn: (body: { email: string } | { dealershipId: string }) => read(api.POST("/api/v1/auth/sso/begin", { body })),
    onSuccess: ({ url }) => {
      if (url != null) leaveFor(url, next);
    },
  });
  const error = begin.error === null ? undefined : asApiError(begin.error);
  const message = error?.code === "not-found" ? t("company.unknown") : problemText(error)?.message;
  const stores = begin.data?.stores ?? [];
  return (
    <section aria-label={t("company.action")} className="mt-6 flex flex-col gap-3 border-t border-line pt-4">
      {missing && email === "" && <Banner tone="bad" title={t("company.missing")} />}
      {message !== undefined && <Banner tone="bad" title={message} />}
      <Button
        wide
        disabled={begin.isPending}
        onClick={() => {
          setMissing(email === "");
          if (email !== "") begin.mutate({ email });
        }}
      >
        {t("company.action")}
      </Button>
      {stores.length > 0 && (
        <>
          <p role="status">{t("company.which")}</p>
          <ul className="flex flex-col gap-2">
            {stores.map(({ id, name }) => (
              <li key={id}>
                <Button wide onClick={() => begin.mutate({ dealershipId: id })}>
                  {name}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
