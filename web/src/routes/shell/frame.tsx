import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useSession } from "@/api/session";
import { t } from "@/i18n/text";
import { ConfirmDialog } from "@/features/session/confirm-dialog";
import { Announcer } from "@/ui/announcer";
import { cx } from "@/ui/class-names";
import { Icon } from "@/ui/icon";
import { Kbd } from "@/ui/kbd";
import { Logo } from "@/ui/logo";
import { useIsWide } from "@/ui/use-media";
import { useShortcuts } from "@/ui/use-shortcuts";
import { AccountMenu } from "./account-menu";
import { LiveUpdates } from "./live";
import { BackToDesk, Navigation, Tabs, useIsJob } from "./navigation";
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
  const wide = useIsWide();
  const isJob = useIsJob();
  const tabs = !wide && !isJob;
  const find = () => setOpen("palette");
  const group = t("shortcuts.global");
  useShortcuts([
    { combos: ["Mod+K"], label: t("shortcut.palette"), group, run: find },
    { combos: ["?"], label: t("shortcut.list"), group, run: () => setOpen("shortcuts"), action: true },
    { combos: ["d"], label: t("shortcut.goDesk"), group, run: () => void navigate({ to: "/desk" }), action: true },
    { combos: ["c"], label: t("shortcut.goCustomers"), group, run: () => void navigate({ to: "/customers" }), action: true },
    { combos: ["i"], label: t("shortcut.goInventory"), group, run: () => void navigate({ to: "/inventory" }), action: true },
    { combos: ["t"], label: t("shortcut.goTaxes"), group, run: () => void navigate({ to: "/taxes" }), action: true },
  ]);
  return (
    <div
      className={cx(
        "flex h-dvh flex-col max-md:h-auto max-md:min-h-dvh print:block print:h-auto",
        tabs ? "[--navigation:calc(3.5rem+1px+env(safe-area-inset-bottom))]" : "[--navigation:0px]",
      )}
    >
      <a href="#content" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-sm focus:bg-raised focus:px-3 focus:py-2">
        {t("product.skip")}
      </a>
      <header className="flex h-12 shrink-0 items-center gap-x-4 border-b border-line bg-ground px-4 max-md:gap-x-2 print:hidden">
        <span className="flex min-w-0 items-center gap-2.5 max-md:flex-1 max-md:gap-1.5">
          {!wide && isJob ? <BackToDesk /> : <Logo />}
          <StoreMenu />
        </span>
        <StatusBadges />
        {wide && <Navigation />}
        <div className="ml-auto flex shrink-0 items-center gap-1">
          {wide && (
            <button
              type="button"
              onClick={find}
              aria-keyshortcuts="Control+K Meta+K"
              className="touchable inline-flex h-8 items-center gap-2 rounded-sm border border-line bg-panel px-2 text-muted transition-colors hover:border-edge"
            >
              <Icon name="search" />
              <span className="max-lg:sr-only">{t("palette.title")}</span>
              <Kbd combo="Mod+K" />
            </button>
          )}
          <AccountMenu onShortcuts={() => setOpen("shortcuts")} />
        </div>
      </header>
      <main ref={content} id="content" tabIndex={-1} className="min-h-0 grow overflow-auto outline-none max-md:flex max-md:flex-col max-md:overflow-visible print:overflow-visible">
        <Outlet />
      </main>
      {tabs && <Tabs onFind={find} />}
      <Announcer />
      <ConfirmDialog />
      <LiveUpdates key={dealership.id} />
      {open === "palette" && <Palette onClose={close} />}
      {open === "shortcuts" && <ShortcutList onClose={close} />}
    </div>
  );
}
