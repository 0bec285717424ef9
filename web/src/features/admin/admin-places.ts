import type { Permission } from "@/api/session";
import type { TextKey } from "@/i18n/text";

export interface AdminPlace {
  to: "/admin/people" | "/admin/roles" | "/admin/teams" | "/admin/service-accounts" | "/admin/sessions" | "/admin/single-sign-on" | "/admin/profile" | "/admin/desk" | "/admin/taxes" | "/admin/rates" | "/admin/messages" | "/admin/mail" | "/admin/compliance" | "/admin/audit" | "/admin/data-map";
  label: TextKey;
  /** The permission without which the page is not offered. */
  needs: Permission;
}

/** The pages of administration, in the order of the list beside them. */
export const adminPlaces: readonly AdminPlace[] = [
  { to: "/admin/people", label: "people.title", needs: "user.read" },
  { to: "/admin/roles", label: "roles.title", needs: "role.read" },
  { to: "/admin/teams", label: "nav.teams", needs: "user.read" },
  { to: "/admin/service-accounts", label: "nav.serviceAccounts", needs: "user.read" },
  { to: "/admin/sessions", label: "sessionSettings.title", needs: "settings.read" },
  { to: "/admin/single-sign-on", label: "sso.title", needs: "settings.read" },
  { to: "/admin/profile", label: "nav.profile", needs: "settings.read" },
  { to: "/admin/desk", label: "settings.title", needs: "settings.read" },
  { to: "/admin/taxes", label: "nav.taxSettings", needs: "settings.read" },
  { to: "/admin/rates", label: "nav.rates", needs: "place.import" },
  { to: "/admin/messages", label: "nav.messages", needs: "settings.read" },
  { to: "/admin/mail", label: "mail.title", needs: "mail.read" },
  { to: "/admin/compliance", label: "nav.compliance", needs: "compliance.read" },
  { to: "/admin/audit", label: "nav.audit", needs: "audit.read" },
  { to: "/admin/data-map", label: "nav.protection", needs: "audit.read" },
];
