import { useMutation } from "@tanstack/react-query";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { FrontPage } from "./front-page";

/** Confirms the address of a request for access: by a button, since mail filters open links by themselves. */
export function ConfirmAddressPage({ token }: { token: string }) {
  const confirm = useMutation({
    mutationFn: () => read(api.POST("/api/v1/auth/registration/confirm", { body: { token } })),
  });
  const error = confirm.error === null ? undefined : asApiError(confirm.error);
  if (confirm.isSuccess) {
    return (
      <FrontPage title={t("confirm.done.title")} lead={t("confirm.done.text")}>
        {null}
      </FrontPage>
    );
  }
  if (error?.code === "link-spent") {
    return (
      <FrontPage title={t("link.spent.title")} lead={t("confirm.spent.text")}>
        {null}
      </FrontPage>
    );
  }
  const problem = problemText(error);
  return (
    <FrontPage title={t("confirm.title")} lead={t("confirm.lead")}>
      <div className="flex flex-col gap-4">
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
        <Button look="primary" wide disabled={confirm.isPending} onClick={() => confirm.mutate()}>
          {t("confirm.action")}
        </Button>
      </div>
    </FrontPage>
  );
}
