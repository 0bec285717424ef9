import { useNavigate } from "@tanstack/react-router";
import { useSession } from "@/api/session";
import { useSwitchStore } from "@/api/use-switch-store";
import { t } from "@/i18n/text";
import { Menu, MenuChoice } from "@/ui/menu";

/** The store one works in, and the way to another one. */
export function StoreMenu() {
  const { dealership, stores } = useSession();
  const navigate = useNavigate();
  const switchTo = useSwitchStore(() => navigate({ to: "/desk" }));
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
