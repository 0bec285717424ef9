import { useMutation } from "@tanstack/react-query";
import { api, read } from "@/api/client";
import { createPasskey } from "@/api/passkeys";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { FactorAdded } from "@/api/types";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { deviceName } from "./device";

/** Sets a passkey up, with the ticket of a log-in or in a session. */
export function PasskeySetup({ ticket, wide = false, onAdded }: { ticket?: string; wide?: boolean; onAdded: (added: FactorAdded) => void }) {
  const add = useMutation({
    mutationFn: async () => {
      const creation = await read(api.POST("/api/v1/auth/factors/passkey", { body: { ticket: ticket ?? null } }));
      const made = await createPasskey(creation);
      if (made === undefined) return undefined;
      const name = t("passkey.name", { device: deviceName(navigator.userAgent) });
      return read<FactorAdded>(api.POST("/api/v1/auth/factors/passkey/confirm", { body: { ticket: ticket ?? null, ...made, name } }));
    },
    onSuccess: (added) => {
      if (added !== undefined) onAdded(added);
    },
    gcTime: 0,
  });
  const problem = add.error === null ? undefined : problemText(asApiError(add.error))?.message;
  const unmade = add.isSuccess && add.data === undefined ? t("passkey.unmade") : undefined;
  const said = problem ?? unmade;
  return (
    <>
      {said !== undefined && <Banner tone="bad" title={said} />}
      <Button wide={wide} disabled={add.isPending} onClick={() => add.mutate()}>
        {t("passkey.add")}
      </Button>
    </>
  );
}
