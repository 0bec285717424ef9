// Single sign-on as its form holds it.
import type { components } from "@/api/schema";
import { givenRole } from "../roles";

export type SingleSignOn = components["schemas"]["SingleSignOn"];
type Write = components["schemas"]["SsoConnectionWrite"];
type RoleChoice = components["schemas"]["SsoRole"];

export interface Rule {
  /** Tells the rules of the form apart. */
  id: string;
  value: string;
  /** A predefined role or the id of one of the store's own. */
  role: string;
}

export interface Values {
  issuer: string;
  clientId: string;
  /** A new secret; empty keeps what is stored. */
  secret: string;
  removeSecret: boolean;
  hosts: string;
  roleClaim: string;
  rules: readonly Rule[];
  otherRole: string;
  passwords: boolean;
  active: boolean;
}

export function valuesOf(entity: SingleSignOn | undefined): Values {
  const connection = entity?.connection;
  return {
    issuer: connection?.issuer ?? "",
    clientId: connection?.clientId ?? "",
    secret: "",
    removeSecret: false,
    hosts: (connection?.hosts ?? []).join(", "),
    roleClaim: connection?.roleClaim ?? "",
    rules: (connection?.roleRules ?? []).map(({ value, gives }, at) => ({ id: String(at), value, role: roleValue(gives) })),
    otherRole: connection?.otherRole == null ? "" : roleValue(connection.otherRole),
    passwords: connection?.passwords ?? true,
    active: connection?.active ?? true,
  };
}

export function writeOf({ issuer, clientId, secret, removeSecret, hosts, roleClaim, rules, otherRole, passwords, active }: Values): Write {
  return {
    issuer: issuer.trim(),
    clientId: clientId.trim(),
    ...(removeSecret ? { clientSecret: "" } : secret !== "" && { clientSecret: secret }),
    hosts: hosts.split(/[\s,;]+/).filter((host) => host !== ""),
    ...(roleClaim.trim() !== "" && { roleClaim: roleClaim.trim() }),
    roleRules: rules.map(({ value, role }) => ({ value, gives: givenRole(role) })),
    ...(otherRole !== "" && { otherRole: givenRole(otherRole) }),
    passwords,
    active,
  };
}

function roleValue({ role, customRole }: RoleChoice): string {
  return customRole ?? role ?? "";
}
