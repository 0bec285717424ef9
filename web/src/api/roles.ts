import type { Role } from "./types";

/** The predefined roles, in the order in which they are offered. */
export const ROLES = [
  "salesperson",
  "bdc",
  "inventory_manager",
  "sales_manager",
  "fni_manager",
  "controller",
  "general_manager",
  "auditor",
  "administrator",
  "group_administrator",
] as const satisfies readonly Role[];
