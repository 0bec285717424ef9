import { useMutation } from "@tanstack/react-query";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { plural, t } from "@/i18n/text";
import { Button } from "@/ui/button";

/** Asks the provider what it says of itself, before anything is saved. */
export function Trial({ issuer }: { issuer: string }) {
  const ask = useMutation({ mutationFn: () => read(api.POST("/api/v1/admin/settings/single-sign-on/trial", { body: { issuer } })) });
  const error = ask.error === null ? undefined : asApiError(ask.error);
  return (
    <div className="flex flex-wrap items-center gap-3 md:col-span-2">
      <Button disabled={ask.isPending || issuer === ""} onClick={() => ask.mutate()}>
        {t("sso.try")}
      </Button>
      <span role="status" className={error === undefined ? "text-good" : "text-bad"}>
        {error !== undefined && (error.fields[0]?.detail ?? error.message)}
        {ask.data !== undefined &&
          `✓ ${t("sso.try.good", { host: ask.data.signInHost })} ${plural("sso.try.keys", ask.data.keys)} ${t(ask.data.signsOut ? "sso.try.out" : "sso.try.noOut")}`}
      </span>
    </div>
  );
}
