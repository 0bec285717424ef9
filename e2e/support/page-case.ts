// How a page is opened, who has it, what it reads, and what a screen reader finds on it.
import type { Page } from "@playwright/test";
import type { Role } from "./people";

export interface PageCase {
  role: Role;
  /** Where it is; or how to get there, where the address holds an id. */
  open: string | ((page: Page) => Promise<void>);
  /** The request without whose answer there is nothing to show. */
  reads?: RegExp;
  /** What it says when there is nothing yet, and the act it offers then. */
  empty?: { answer: unknown; says: string; offers?: string };
  /** Whose role does not have it. */
  keptFrom?: Role;
  /** What a reader hears of the page, as an aria snapshot. Figures and names of the demonstration store are left out. */
  heard: string;
}

export const NOTHING = { items: [] };
