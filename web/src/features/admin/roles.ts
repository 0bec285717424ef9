import type { Role } from "@/api/types";

export const ROLES = ["salesperson", "sales_manager", "fni_manager", "administrator"] as const satisfies readonly Role[];
