import type { components } from "@/api/schema";

/** Somebody else at the deal. */
export type Attendant = components["schemas"]["Attendant"];
