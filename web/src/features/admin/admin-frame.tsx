import { Link, Outlet } from "@tanstack/react-router";
import { useSession } from "@/api/session";
import { t } from "@/i18n/text";
import { adminPlaces } from "./admin-places";

const LINK =
  "touchable flex h-8 items-center rounded-sm px-2.5 whitespace-nowrap text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-ink";

/** What stands beside every page of administration: the other ones that this role has. */
export function AdminFrame() {
  const places = adminPlaces(useSession());
  // A page that is not part of the role says so itself; there is nothing to go to then.
  if (places.length === 0) return <Outlet />;
  return (
    <div className="flex min-h-full max-md:grow max-md:flex-col md:h-full">
      <nav
        aria-label={t("admin.label")}
        className="shrink-0 border-line print:hidden max-md:border-b md:w-48 md:overflow-y-auto md:border-r md:px-3 md:py-4"
      >
        <ul className="flex gap-0.5 max-md:overflow-x-auto max-md:px-3 max-md:py-1.5 md:flex-col">
          {places.map(({ to, label }) => (
            <li key={to}>
              <Link to={to} className={LINK}>
                {t(label)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0 grow max-md:flex max-md:flex-col md:overflow-y-auto">
        <Outlet />
      </div>
    </div>
  );
}
