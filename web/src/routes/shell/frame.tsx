import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { may, useSession } from "@/api/session";
import { t } from "@/i18n/text";
import { Announcer } from "@/ui/announcer";
import { Icon } from "@/ui/icon";
import { Kbd } from "@/ui/kbd";
import { Logo } from "@/ui/logo";
import { useShortcuts } from "@/ui/use-shortcuts";
import { AccountMenu } from "./account-menu";
import { LiveUpdates } from "./live";
import { Palette } from "./palette";
import { ShortcutList } from "./shortcut-list";
import { StatusBadges } from "./status-badges";
import { StoreMenu } from "./store-menu";

/** What stands around every page of somebody who is signed in. */
export function Frame() {
  const { dealership } = useSession();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"palette" | "shortcuts">();
  const close = () => setOpen(undefined);
  const content = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // The link that led here is gone with its page: the focus goes on with the new one.
    if (pathname !== "" && (document.activeElement === null || document.activeElement === document.body)) content.current?.focus();
  }, [pathname]);
  const group = t("shortcuts.global");
  useShortcuts([
    { combos: ["Mod+K"], label: t("shortcut.palette"), group, run: () => setOpen("palette") },
    { combos: ["?"], label: t("shortcut.list"), group, run: () => setOpen("shortcuts"), action: true },
    { combos: ["d"], label: t("shortcut.goDesk"), group, run: () => void navigate({ to: "/desk" }), action: true },
    { combos: ["c"], label: t("shortcut.goCustomers"), group, run: () => void navigate({ to: "/customers" }), action: true },
    { combos: ["i"], label: t("shortcut.goInventory"), group, run: () => void navigate({ to: "/inventory" }), action: true },
    { combos: ["t"], label: t("shortcut.goTaxes"), group, run: () => void navigate({ to: "/taxes" }), action: true },
  ]);
  return (
    <div className="flex h-dvh flex-col max-md:h-auto max-md:min-h-dvh print:block print:h-auto">
      <a href="#content" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-sm focus:bg-raised focus:px-3 focus:py-2">
        {t("product.skip")}
      </a>
      <header className="flex h-12 shrink-0 items-center gap-x-4 border-b border-line bg-ground px-4 max-md:h-auto max-md:flex-wrap max-md:gap-x-2 max-md:py-1.5 print:hidden">
        <span className="flex min-w-0 items-center gap-2.5 max-md:flex-1">
          <Logo />
          <StoreMenu />
        </span>
        <StatusBadges />
        <Navigation />
        <div className="ml-auto flex shrink-0 items-center gap-1">
          <button
            type="button"
            onClick={() => setOpen("palette")}
            aria-keyshortcuts="Control+K Meta+K"
            className="touchable inline-flex h-8 items-center gap-2 rounded-sm border border-line bg-panel px-2 text-muted transition-colors hover:border-edge"
          >
            <Icon name="search" />
            <span className="max-lg:sr-only">{t("palette.title")}</span>
            <Kbd combo="Mod+K" />
          </button>
          <AccountMenu onShortcuts={() => setOpen("shortcuts")} />
        </div>
      </header>
      <main ref={content} id="content" tabIndex={-1} className="min-h-0 grow overflow-auto outline-none max-md:overflow-visible print:overflow-visible">
        <Outlet />
      </main>
      <Announcer />
      <LiveUpdates key={dealership.id} />
      {open === "palette" && <Palette onClose={close} />}
      {open === "shortcuts" && <ShortcutList onClose={close} />}
    </div>
  );
}

const NAV =
  "touchable inline-flex h-8 items-center gap-1.5 rounded-sm px-2.5 whitespace-nowrap text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-ink";

function Navigation() {
  const session = useSession();
  return (
    <nav aria-label={t("nav.label")} className="flex gap-0.5 overflow-x-auto max-md:order-last max-md:w-full">
      <Link to="/desk" className={NAV}>
        {t("nav.desk")}
      </Link>
      <Link to="/customers" className={NAV}>
        {t("nav.customers")}
      </Link>
      <Link to="/inventory" className={NAV}>
        {t("nav.inventory")}
      </Link>
      <Link to="/taxes" className={NAV}>
        {t("nav.taxes")}
      </Link>
      {may(session, "user.read") && (
        <Link to="/admin/people" className={NAV}>
          {t("nav.people")}
        </Link>
      )}
      {may(session, "settings.read") && (
        <Link to="/admin/desk" className={NAV}>
          {t("nav.settings")}
        </Link>
      )}
    </nav>
  );
}
