import { may, mayOverGroup, type Permission } from "@/api/session";
import type { Session } from "@/api/types";
import type { TextKey } from "@/i18n/text";

const SECTIONS = ["group", "people", "signIn", "store", "deals", "oversight"] as const;

type AdminSection = (typeof SECTIONS)[number];

export interface AdminPlace {
  to: "/admin/group" | "/admin/group-people" | "/admin/people" | "/admin/roles" | "/admin/teams" | "/admin/service-accounts" | "/admin/sessions" | "/admin/single-sign-on" | "/admin/profile" | "/admin/numbering" | "/admin/features" | "/admin/desk" | "/admin/taxes" | "/admin/rates" | "/admin/messages" | "/admin/mail" | "/admin/compliance" | "/admin/audit" | "/admin/data-map";
  label: TextKey;
  /** What it stands under. */
  section: AdminSection;
  /** The permission without which the page is not offered. */
  needs: Permission;
  /** It is about all stores of the group, so the permission has to reach them. */
  overGroup?: true;
}

/** The pages of administration, in the order of the list beside them. */
const PLACES: readonly AdminPlace[] = [
  { to: "/admin/group", label: "nav.group", section: "group", needs: "dealership.read", overGroup: true },
  { to: "/admin/group-people", label: "nav.groupPeople", section: "group", needs: "user.read", overGroup: true },
  { to: "/admin/people", label: "people.title", section: "people", needs: "user.read" },
  { to: "/admin/roles", label: "roles.title", section: "people", needs: "role.read" },
  { to: "/admin/teams", label: "nav.teams", section: "people", needs: "user.read" },
  { to: "/admin/service-accounts", label: "nav.serviceAccounts", section: "people", needs: "user.read" },
  { to: "/admin/sessions", label: "sessionSettings.title", section: "signIn", needs: "settings.read" },
  { to: "/admin/single-sign-on", label: "sso.title", section: "signIn", needs: "settings.read" },
  { to: "/admin/profile", label: "nav.profile", section: "store", needs: "settings.read" },
  { to: "/admin/numbering", label: "nav.numbering", section: "store", needs: "settings.read" },
  { to: "/admin/features", label: "nav.features", section: "store", needs: "settings.read" },
  { to: "/admin/messages", label: "nav.messages", section: "store", needs: "settings.read" },
  { to: "/admin/mail", label: "mail.title", section: "store", needs: "mail.read" },
  { to: "/admin/desk", label: "settings.title", section: "deals", needs: "settings.read" },
  { to: "/admin/taxes", label: "nav.taxSettings", section: "deals", needs: "settings.read" },
  { to: "/admin/rates", label: "nav.rates", section: "deals", needs: "place.import" },
  { to: "/admin/compliance", label: "nav.compliance", section: "oversight", needs: "compliance.read" },
  { to: "/admin/audit", label: "nav.audit", section: "oversight", needs: "audit.read" },
  { to: "/admin/data-map", label: "nav.protection", section: "oversight", needs: "audit.read" },
];

/** Those of them that somebody has. */
export function adminPlaces(session: Session): AdminPlace[] {
  return PLACES.filter(({ needs, overGroup }) => (overGroup === true ? mayOverGroup(session, needs) : may(session, needs)));
}

/** The same under the names of their sections. */
export function adminSections(session: Session): { section: AdminSection; places: AdminPlace[] }[] {
  const places = adminPlaces(session);
  const sections = SECTIONS.map((section) => ({ section, places: places.filter((place) => place.section === section) }));
  return sections.filter((section) => section.places.length > 0);
}
