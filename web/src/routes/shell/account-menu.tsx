import { useNavigate } from "@tanstack/react-router";
import { offers, signedOut, useSession } from "@/api/session";
import { signOut } from "@/api/sign-out";
import { t } from "@/i18n/text";
import { Kbd } from "@/ui/kbd";
import { Menu, MenuChoice, MenuItem, MenuLine, MenuSwitch } from "@/ui/menu";
import { setPreference, usePreferences, type Theme } from "@/ui/preferences";

const THEMES: readonly Theme[] = ["system", "light", "dark"];

export function AccountMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const session = useSession();
  const { person, role } = session;
  const navigate = useNavigate();
  const { theme, singleKeys } = usePreferences();
  const leave = async (path: "/api/v1/auth/logout" | "/api/v1/auth/logout-everywhere") => {
    await signOut(path).catch(signedOut);
  };
  return (
    <Menu
      label={t("account.menu", { name: person.name })}
      trigger={
        <span aria-hidden className="flex size-6 items-center justify-center rounded-full bg-accent text-12 font-semibold text-on-accent">
          {initials(person.name)}
        </span>
      }
    >
      <p className="px-2 pt-1.5 pb-2">
        <span className="block font-medium">{person.name}</span>
        <span className="block text-12 text-muted">
          {person.email} · {t(`role.${role}`)}
        </span>
      </p>
      <MenuItem onSelect={() => void navigate({ to: "/account" })}>{t("account.open")}</MenuItem>
      <MenuLine />
      <MenuChoice
        label={t("account.theme")}
        value={theme}
        onChange={(value) => setPreference("theme", value)}
        choices={THEMES.map((value) => ({ value, label: t(`account.theme.${value}`) }))}
      />
      <MenuLine />
      <MenuSwitch checked={singleKeys} onChange={(checked) => setPreference("singleKeys", checked)}>
        {t("account.singleKeys")}
      </MenuSwitch>
      <MenuItem onSelect={onShortcuts} hint={<Kbd combo="?" />}>
        {t("account.shortcuts")}
      </MenuItem>
      <MenuLine />
      {offers(session, "personal-keys") && <MenuItem onSelect={() => void navigate({ to: "/account/api-keys" })}>{t("nav.apiKeys")}</MenuItem>}
      <MenuItem onSelect={() => void leave("/api/v1/auth/logout")}>{t("account.signOut")}</MenuItem>
      <MenuItem onSelect={() => void leave("/api/v1/auth/logout-everywhere")}>{t("account.signOutEverywhere")}</MenuItem>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.charAt(0) ?? ""}${words.length > 1 ? (words.at(-1)?.charAt(0) ?? "") : ""}`.toUpperCase();
}
