import { useMutation, useQueryClient } from "@tanstack/react-query";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useSession } from "@/api/session";
import { formatMoment } from "@/i18n/dates";
import { t } from "@/i18n/text";
import { announce } from "@/ui/announcer";
import { Badge } from "@/ui/badge";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { CELL, HEAD, TABLE } from "@/ui/list-page";
import { useNow } from "@/ui/use-now";
import { keyState, type ApiKey } from "./keys";

interface Props {
  label: string;
  keys: readonly ApiKey[];
  /** Ends a key; none where the reader may not. */
  end?: ((id: string) => Promise<unknown>) | undefined;
  showOwner?: boolean;
}

/** Keys with what they are for, when they were used and when they end. */
export function KeyTable({ label, keys, end, showOwner = false }: Props) {
  return (
    <table aria-label={label} className={TABLE}>
      <thead>
        <tr>
          <th scope="col" className={HEAD}>{t("word.name")}</th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>{t("keys.column.scopes")}</th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>{t("keys.column.used")}</th>
          <th scope="col" className={HEAD}>{t("keys.column.ends")}</th>
          <th scope="col" className={HEAD}><span className="sr-only">{t("keys.column.act")}</span></th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} end={end} showOwner={showOwner} />
        ))}
      </tbody>
    </table>
  );
}

function KeyRow({ apiKey, end, showOwner }: { apiKey: ApiKey; end: Props["end"]; showOwner: boolean }) {
  const queries = useQueryClient();
  const { timeZone } = useSession().dealership;
  const state = keyState(apiKey, useNow());
  const ending = useMutation({
    mutationFn: () => end?.(apiKey.id) ?? Promise.resolve(),
    onSuccess: () => announce(t("keys.ended", { name: apiKey.name })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["apiKeys"] }),
  });
  const problem = ending.error === null ? undefined : problemText(asApiError(ending.error));
  const when = (instant: string) => formatMoment(instant, timeZone);
  const used = apiKey.lastUsedAt ? when(apiKey.lastUsedAt) : t("keys.never");
  return (
    <tr>
      <td className={`${CELL} max-w-60 whitespace-normal`}>
        {apiKey.name}
        {showOwner && <span className="block text-12 leading-4 text-muted">{apiKey.ownerName}</span>}
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
      </td>
      <td className={`${CELL} max-w-72 text-12 whitespace-normal text-muted max-md:hidden`}>{apiKey.scopes.join(", ")}</td>
      <td className={`${CELL} text-muted max-md:hidden`}>
        {apiKey.lastUsedFrom ? t("keys.used.from", { when: used, address: apiKey.lastUsedFrom }) : used}
      </td>
      <td className={CELL}>
        {state === "revoked" ? (
          <Badge tone="bad">{t("keys.revoked")}</Badge>
        ) : state === "expired" ? (
          <Badge tone="bad">{t("keys.expired")}</Badge>
        ) : (
          <>
            <span className="max-md:text-12">{when(apiKey.expiresAt)}</span> {state === "soon" && <Badge tone="wait">{t("keys.soon")}</Badge>}
          </>
        )}
      </td>
      <td className={`${CELL} text-right`}>
        {end !== undefined && (state === "good" || state === "soon") && (
          <Button look="quiet" aria-label={t("keys.end.of", { name: apiKey.name })} disabled={ending.isPending} onClick={() => ending.mutate()}>
            {t("keys.end")}
          </Button>
        )}
      </td>
    </tr>
  );
}
