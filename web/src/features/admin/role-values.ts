import type { CustomRole, Role, RoleWithPermissions } from "@/api/types";
import { t, textOf } from "@/i18n/text";

export type Reach = "none" | "own" | "team" | "store" | "group";
export type Changes = Readonly<Record<string, Reach>>;

/** What a role begins with: a predefined one, or one of the store's own by its id. */
export type Beginning = { role: Role } | { customRole: string };

const REACHES = ["none", "own", "team", "store", "group"] as const;

export function asReach(text: string): Reach {
  return REACHES.find((reach) => reach === text) ?? "none";
}

export function reachText(reach: Reach): string {
  return t(`roles.reach.${reach}`);
}

/** A permission's resource, also one that this catalogue does not know yet. */
export function resourceText(resource: string): string {
  return textOf(`roles.resource.${resource}`);
}

/** How far each permission reaches in what a role begins with. */
export function inherited(beginning: Beginning, predefined: readonly RoleWithPermissions[], own: readonly CustomRole[]): (permission: string) => Reach {
  const from = "role" in beginning ? predefined.find(({ role }) => role === beginning.role) : own.find(({ id }) => id === beginning.customRole);
  const held = new Map(from?.permissions.map(({ id, reach }) => [id, asReach(reach)]));
  return (permission) => held.get(permission) ?? "none";
}

/** The same changes with another one; what is as it was before is no change. */
export function withChange(changes: Changes, permission: string, reach: Reach | ""): Changes {
  const { [permission]: _, ...rest } = changes;
  return reach === "" ? rest : { ...rest, [permission]: reach };
}

/** The changes of a role as the form holds them. */
export function changesOf(role: CustomRole | undefined): Changes {
  return Object.fromEntries(Object.entries(role?.changes ?? {}).map(([permission, reach]) => [permission, asReach(reach)]));
}

export function beginningOf(role: CustomRole): Beginning {
  return role.parent == null ? { role: role.base } : { customRole: role.parent };
}
