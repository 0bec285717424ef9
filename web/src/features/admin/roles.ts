import type { Role } from "@/api/types";

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
