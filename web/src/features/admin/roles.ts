import { useQuery } from "@tanstack/react-query";
import { customRolesQuery } from "@/api/queries";
import { may, useSession } from "@/api/session";
import { ROLES } from "@/api/roles";
import type { Role, User } from "@/api/types";
import { t } from "@/i18n/text";

/** A role as a choice in a list: the value is a predefined role's name or the id of one of the store's own. */
export function useRoleChoices(): readonly { value: string; label: string }[] {
  const own = useQuery({ ...customRolesQuery, enabled: may(useSession(), "role.read") });
  return [
    ...ROLES.map((role) => ({ value: role as string, label: t(`role.${role}`) })),
    ...(own.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
}

/** A choice as the server takes it. */
export function givenRole(value: string): { role: Role } | { customRole: string } {
  const role = ROLES.find((candidate) => candidate === value);
  return role === undefined ? { customRole: value } : { role };
}

/** The role that somebody has, as a choice. */
export function roleValue({ role, customRole }: User): string {
  return customRole?.id ?? role;
}

export function roleText({ role, customRole }: User): string {
  return customRole?.name ?? t(`role.${role}`);
}
