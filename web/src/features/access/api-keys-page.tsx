import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { offers, useSession } from "@/api/session";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { ListPage } from "@/ui/list-page";
import { useShortcuts } from "@/ui/use-shortcuts";
import { KeyTable } from "./key-table";
import { ownKeysQuery } from "./keys";
import { NewKey } from "./new-key";

const endOwn = (id: string) => read(api.DELETE("/api/v1/account/api-keys/{id}", { params: { path: { id } } }));

/** One's own API keys in the store. */
export function ApiKeysPage() {
  const { items } = useSuspenseQuery(ownKeysQuery).data;
  const session = useSession();
  const [making, setMaking] = useState(false);
  const offered = offers(session, "personal-keys");
  useShortcuts(making || !offered ? [] : [{ combos: ["n"], label: t("keys.new"), group: t("shortcuts.list"), run: () => setMaking(true), action: true }]);
  const begin = offered ? (
    <Button look="primary" combo="n" onClick={() => setMaking(true)} disabled={making}>
      {t("keys.new")}
    </Button>
  ) : undefined;
  return (
    <ListPage title={t("keys.title")} filters={null} action={begin}>
      <p className="max-w-prose px-4 py-2 text-muted">{t("keys.lead")}</p>
      {!offered && (
        <div className="px-4 pb-2">
          <Banner tone="wait" title={t("keys.off")}>
            {t("keys.off.text")}
          </Banner>
        </div>
      )}
      {making && offered && (
        <NewKey
          label={t("keys.new")}
          permissions={session.permissions}
          make={(body) => read(api.POST("/api/v1/account/api-keys", { body }))}
          onClose={() => setMaking(false)}
        />
      )}
      {items.length === 0 ? (
        !making && offered && <Empty title={t("keys.none")}>{t("keys.none.hint")}</Empty>
      ) : (
        <KeyTable label={t("keys.title")} keys={items} end={endOwn} />
      )}
    </ListPage>
  );
}
