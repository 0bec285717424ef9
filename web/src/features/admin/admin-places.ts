import { may, mayOverGroup, type Permission } from "@/api/session";
import type { Session } from "@/api/types";
import type { TextKey } from "@/i18n/text";

export interface AdminPlace {
  to: "/admin/group" | "/admin/group-people" | "/admin/people" | "/admin/roles" | "/admin/teams" | "/admin/service-accounts" | "/admin/sessions" | "/admin/single-sign-on" | "/admin/profile" | "/admin/numbering" | "/admin/features" | "/admin/desk" | "/admin/taxes" | "/admin/rates" | "/admin/messages" | "/admin/mail" | "/admin/compliance" | "/admin/audit" | "/admin/data-map";
  label: TextKey;
  /** The permission without which the page is not offered. */
  needs: Permission;
  /** It is about all stores of the group, so the permission has to reach them. */
  overGroup?: true;
}

/** The pages of administration, in the order of the list beside them. */
const PLACES: readonly AdminPlace[] = [
  { to: "/admin/group", label: "nav.group", needs: "dealership.read", overGroup: true },
  { to: "/admin/group-people", label: "nav.groupPeople", needs: "user.read", overGroup: true },
  { to: "/admin/people", label: "people.title", needs: "user.read" },
  { to: "/admin/roles", label: "roles.title", needs: "role.read" },
  { to: "/admin/teams", label: "nav.teams", needs: "user.read" },
  { to: "/admin/service-accounts", label: "nav.serviceAccounts", needs: "user.read" },
  { to: "/admin/sessions", label: "sessionSettings.title", needs: "settings.read" },
  { to: "/admin/single-sign-on", label: "sso.title", needs: "settings.read" },
  { to: "/admin/profile", label: "nav.profile", needs: "settings.read" },
  { to: "/admin/numbering", label: "nav.numbering", needs: "settings.read" },
  { to: "/admin/features", label: "nav.features", needs: "settings.read" },
  { to: "/admin/desk", label: "settings.title", needs: "settings.read" },
  { to: "/admin/taxes", label: "nav.taxSettings", needs: "settings.read" },
  { to: "/admin/rates", label: "nav.rates", needs: "place.import" },
  { to: "/admin/messages", label: "nav.messages", needs: "settings.read" },
  { to: "/admin/mail", label: "mail.title", needs: "mail.read" },
  { to: "/admin/compliance", label: "nav.compliance", needs: "compliance.read" },
  { to: "/admin/audit", label: "nav.audit", needs: "audit.read" },
  { to: "/admin/data-map", label: "nav.protection", needs: "audit.read" },
];

/** Those of them that somebody has. */
export function adminPlaces(session: Session): AdminPlace[] {
  return PLACES.filter(({ needs, overGroup }) => (overGroup === true ? mayOverGroup(session, needs) : may(session, needs)));
}
