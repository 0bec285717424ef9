import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { may, useSession } from "@/api/session";
import { adminPlaces, type AdminPlace } from "@/features/admin/admin-places";
import { t } from "@/i18n/text";
import { Icon, type IconName } from "@/ui/icon";
import { Menu, MenuItem } from "@/ui/menu";

interface Place {
  to: "/desk" | "/customers" | "/inventory" | "/taxes" | AdminPlace["to"];
  label: string;
  /** Has a tab of its own on a phone; the others are behind "More". */
  icon?: IconName;
  /** Pages of other addresses that belong to it. */
  holds?: RegExp;
}

function usePlaces(): Place[] {
  const session = useSession();
  const [administration] = adminPlaces(session);
  return [
    ...(may(session, "deal.read") ? [{ to: "/desk", label: t("nav.desk"), icon: "desk", holds: /^\/deals\// } as const] : []),
    ...(may(session, "customer.read") ? [{ to: "/customers", label: t("nav.customers"), icon: "person" } as const] : []),
    ...(may(session, "vehicle.read") ? [{ to: "/inventory", label: t("nav.inventory"), icon: "car" } as const] : []),
    { to: "/taxes", label: t("nav.taxes") },
    ...(administration === undefined ? [] : [{ to: administration.to, label: t("nav.administration"), holds: /^\/admin\// }]),
  ];
}

const LINK =
  "touchable inline-flex h-8 items-center gap-1.5 rounded-sm px-2.5 whitespace-nowrap text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:font-medium aria-[current]:text-ink";

/** Along the top, where there is room. */
export function Navigation() {
  const places = usePlaces();
  const { pathname } = useLocation();
  return (
    <nav aria-label={t("nav.label")} className="flex gap-0.5 overflow-x-auto">
      {places.map(({ to, label, holds }) => (
        <Link key={label} to={to} aria-current={holds?.test(pathname) === true ? "true" : undefined} className={LINK}>
          {label}
        </Link>
      ))}
    </nav>
  );
}

const TAB = "flex h-14 min-w-0 grow basis-0 flex-col items-center justify-center gap-0.5 rounded-sm text-12 text-muted aria-[current=page]:font-medium aria-[current=page]:text-accent";

/** On a phone: along the bottom, within reach of a thumb. */
export function Tabs({ onFind }: { onFind: () => void }) {
  const places = usePlaces();
  const navigate = useNavigate();
  return (
    <nav
      aria-label={t("nav.label")}
      className="sticky bottom-0 z-20 flex border-t border-line bg-ground px-1 pb-[env(safe-area-inset-bottom)] print:hidden"
    >
      {places.map(
        ({ to, label, icon }) =>
          icon !== undefined && (
            <Link key={label} to={to} className={TAB}>
              <Icon name={icon} large />
              {label}
            </Link>
          ),
      )}
      <button type="button" onClick={onFind} aria-haspopup="dialog" className={TAB}>
        <Icon name="search" large />
        {t("nav.find")}
      </button>
      <Menu
        label={t("nav.more")}
        className={TAB}
        trigger={
          <>
            <Icon name="more" large />
            {t("nav.more")}
          </>
        }
      >
        {places
          .filter(({ icon }) => icon === undefined)
          .map(({ to, label }) => (
            <MenuItem key={label} onSelect={() => void navigate({ to })}>
              {label}
            </MenuItem>
          ))}
      </Menu>
    </nav>
  );
}

/** A page that is one job, with its own acts at the bottom: on a phone it has a way back instead of the tabs. */
export function useIsJob(): boolean {
  return useLocation().pathname.startsWith("/deals/");
}

export function BackToDesk() {
  return (
    <Link to="/desk" className="-ml-2 inline-flex size-11 shrink-0 items-center justify-center" aria-label={t("nav.backToDesk")}>
      <Icon name="back" large />
    </Link>
  );
}
