import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api, read } from "@/api/client";
import { hasPasskeys } from "@/api/passkeys";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { factorsQuery } from "@/api/queries";
import { useSession } from "@/api/session";
import type { FactorAdded } from "@/api/types";
import { formatMoment } from "@/i18n/dates";
import { plural, t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { CodeSetup } from "./code-setup";
import { isSent } from "./methods";
import { PasskeySetup } from "./passkey-setup";
import { RecoveryCodes } from "./recovery-codes";
import { TotpSetup } from "./totp-setup";

/** One's second factors and recovery codes. */
export function FactorsSection() {
  const { data } = useSuspenseQuery(factorsQuery);
  const { dealership } = useSession();
  const queries = useQueryClient();
  const heading = useId();
  const [adding, setAdding] = useState<"totp" | "email" | "sms">();
  const [codes, setCodes] = useState<readonly string[]>();
  const changed = () => queries.invalidateQueries({ queryKey: factorsQuery.queryKey });
  const adopt = (added: FactorAdded) => {
    setAdding(undefined);
    if (added.recoveryCodes != null) setCodes(added.recoveryCodes);
    void changed();
  };
  const remove = useMutation({
    mutationFn: (id: string) => read<void>(api.DELETE("/api/v1/auth/factors/{id}", { params: { path: { id } } })),
    onSettled: changed,
  });
  const renew = useMutation({
    mutationFn: () => read(api.POST("/api/v1/auth/factors/recovery-codes")),
    onSuccess: ({ recoveryCodes }) => setCodes(recoveryCodes),
    onSettled: changed,
    gcTime: 0,
  });
  const error = remove.error ?? renew.error;
  const problem = error === null ? undefined : problemText(asApiError(error));
  const when = (at: string) => formatMoment(at, dealership.timeZone);
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3 border-t border-line pt-4">
      <h2 id={heading} className="text-18 font-semibold">
        {t("factors.title")}
      </h2>
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      {data.items.length === 0 && <p className="text-muted">{t(data.required ? "factors.none.required" : "factors.none.exempt")}</p>}
      {data.items.length > 0 && (
        <ul aria-label={t("factors.title")} className="flex flex-col">
          {data.items.map(({ id, name, createdAt, lastUsedAt }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
              <span className="font-medium">{name}</span>
              <span className="text-12 text-muted">
                {t("factors.created", { date: when(createdAt) })} · {lastUsedAt == null ? t("factors.neverUsed") : t("factors.used", { date: when(lastUsedAt) })}
              </span>
              <span className="ml-auto">
                <Button look="quiet" aria-label={t("factors.remove.of", { name })} disabled={remove.isPending} onClick={() => remove.mutate(id)}>
                  {t("factors.remove")}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {codes !== undefined && <RecoveryCodes codes={codes} doneLabel={t("recovery.kept")} onDone={() => setCodes(undefined)} />}
      {adding !== undefined ? (
        <div className="flex max-w-[24rem] flex-col gap-3">
          {adding === "totp" ? <TotpSetup named onAdded={adopt} /> : <CodeSetup channel={adding} onAdded={adopt} />}
          <Button look="quiet" wide onClick={() => setAdding(undefined)}>
            {t("factors.cancel")}
          </Button>
        </div>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Button onClick={() => setAdding("totp")}>{t("factors.addTotp")}</Button>
          {hasPasskeys() && <PasskeySetup onAdded={adopt} />}
          {data.offered.filter(isSent).map((channel) => (
            <Button key={channel} onClick={() => setAdding(channel)}>
              {t(`code.setup.open.${channel}`)}
            </Button>
          ))}
          {data.items.length > 0 && codes === undefined && (
            <>
              <Button disabled={renew.isPending} onClick={() => renew.mutate()}>
                {t("recovery.renew")}
              </Button>
              <span className="text-12 text-muted">
                {plural("recovery.left", data.recoveryCodesLeft)} {t("recovery.renew.hint")}
              </span>
            </>
          )}
        </div>
      )}
    </section>
  );
}
