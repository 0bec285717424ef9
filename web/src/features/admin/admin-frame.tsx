import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useId } from "react";
import { useSession } from "@/api/session";
import { t } from "@/i18n/text";
import { Icon } from "@/ui/icon";
import { useIsWide } from "@/ui/use-media";
import { adminSections } from "./admin-places";

const LINK =
  "touchable flex h-8 items-center rounded-sm px-2.5 whitespace-nowrap text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-ink";

/** What stands beside every page of administration, or folded up above it on a phone: the other ones that this role has. */
export function AdminFrame() {
  const sections = adminSections(useSession());
  const wide = useIsWide();
  const { pathname } = useLocation();
  // A page that is not part of the role says so itself; there is nothing to go to then.
  if (sections.length === 0) return <Outlet />;
  const list = <Places sections={sections} />;
  return (
    <div className="flex min-h-full max-md:grow max-md:flex-col md:h-full">
      <nav
        aria-label={t("admin.label")}
        className="shrink-0 border-line print:hidden max-md:border-b md:w-48 md:overflow-y-auto md:border-r md:px-3 md:py-3"
      >
        {wide ? (
          list
        ) : (
          // Another one for each page: it folds up when somebody has gone where they wanted.
          <details key={pathname}>
            <summary className="touchable flex h-11 cursor-pointer items-center gap-1.5 px-4 text-muted">
              {t("admin.other")}
              <Icon name="down" />
            </summary>
            <div className="px-2 pb-3">{list}</div>
          </details>
        )}
      </nav>
      <div className="min-w-0 grow max-md:flex max-md:flex-col md:overflow-y-auto">
        <Outlet />
      </div>
    </div>
  );
}

function Places({ sections }: { sections: ReturnType<typeof adminSections> }) {
  const id = useId();
  return (
    <div className="flex flex-col gap-2.5">
      {sections.map(({ section, places }) => (
        <div key={section}>
          <p id={`${id}-${section}`} className="px-2.5 pb-0.5 text-12 font-semibold">
            {t(`admin.section.${section}`)}
          </p>
          <ul aria-labelledby={`${id}-${section}`} className="flex flex-col">
            {places.map(({ to, label }) => (
              <li key={to}>
                <Link to={to} className={LINK}>
                  {t(label)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
