import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { FactorAdded, NewTotp } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { CodeField } from "./code-field";

/** Light around the code, in modules (ISO/IEC 18004). */
const QUIET = 4;

/** Sets an authenticator app up: scan, type the first code, done. With the ticket of a log-in, or in a session. */
export function TotpSetup({ ticket, named = false, onAdded }: { ticket?: string; named?: boolean; onAdded: (added: FactorAdded) => void }) {
  const [code, setCode] = useState("");
  const [name, setName] = useState<string>(t("factor.totp"));
  const begun = useQuery({
    // The secret stays on this screen alone, and every visit begins a new one.
    queryKey: ["newTotp", ticket ?? ""],
    queryFn: () => read<NewTotp>(api.POST("/api/v1/auth/factors/totp", { body: { ticket: ticket ?? null } })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const confirm = useMutation({
    mutationFn: (id: string) => read<FactorAdded>(api.POST("/api/v1/auth/factors/totp/confirm", { body: { ticket: ticket ?? null, id, code, name: name.trim() || null } })),
    onSuccess: onAdded,
    gcTime: 0,
  });
  const error = begun.error ?? confirm.error;
  const problem = error === null ? undefined : problemText(asApiError(error));
  const { data } = begun;
  return (
    <form
      aria-label={t("factor.totp")}
      onSubmit={(event) => {
        event.preventDefault();
        if (data !== undefined && !confirm.isPending) confirm.mutate(data.id);
      }}
      className="flex flex-col gap-4"
    >
      {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      {data !== undefined && (
        <>
          <ol className="flex list-decimal flex-col gap-3 pl-5">
            <li>{t("totp.install")}</li>
            <li>
              {t("totp.scan")}
              <QrCode {...data.qr} />
              <p className="text-12 text-muted">{t("totp.byHand")}</p>
              <p className="font-mono text-13 break-all select-all">{data.secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</p>
              <a href={data.uri} className="touchable inline-flex items-center text-accent underline">
                {t("totp.open")}
              </a>
            </li>
            <li>{t("totp.type")}</li>
          </ol>
          <CodeField label={t("factor.code")} value={code} onChange={setCode} />
          {named && <TextField label={t("totp.name")} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />}
          <Button type="submit" look="primary" wide disabled={confirm.isPending}>
            {t("totp.action")}
          </Button>
        </>
      )}
    </form>
  );
}

/** Dark on light in either colour scheme, as cameras expect it. */
function QrCode({ size, path }: { size: number; path: string }) {
  const side = size + 2 * QUIET;
  return (
    <svg role="img" aria-label={t("totp.qr")} viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} shapeRendering="crispEdges" className="my-2 w-full max-w-52 rounded-sm">
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
