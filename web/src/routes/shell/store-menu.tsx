import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, read } from "@/api/client";
import { signedIn, useSession } from "@/api/session";
import type { SignIn } from "@/api/types";
import { t } from "@/i18n/text";
import { Menu, MenuChoice } from "@/ui/menu";

/** The store one works in, and the way to another one. */
export function StoreMenu() {
  const { dealership, stores } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const switchTo = useMutation({
    mutationFn: (dealershipId: string) =>
      read<SignIn>(api.POST("/api/v1/auth/switch-store", { body: { dealershipId } })),
    onSuccess: async (answer) => {
      signedIn(answer);
      queries.clear();
      await navigate({ to: "/desk" });
    },
  });
  if (stores.length < 2) return <span className="truncate font-medium">{dealership.name}</span>;
  return (
    <Menu label={t("store.menu", { name: dealership.name })} align="start" trigger={<span className="truncate font-medium">{dealership.name}</span>}>
      <MenuChoice
        closes
        label={t("store.switch")}
        value={dealership.id}
        onChange={(id) => switchTo.mutate(id)}
        choices={stores.map((store) => ({ value: store.id, label: store.name }))}
      />
    </Menu>
  );
}
