// What of the group's table is shown, and in which order. Nothing else is in here: the router reads it with the first page.

export const SHOWN = ["attention", "differs"] as const;

export const SORTS = [
  "name",
  "active",
  "waiting",
  "withoutFactor",
  "locked",
  "open",
  "closed",
  "units",
  "review",
  "incidents",
  "docFee",
  "sessions",
  "retention",
  "sso",
] as const;

export type Sort = (typeof SORTS)[number];

export interface GroupFilter {
  /** A part of a store's name or place. */
  q?: string | undefined;
  /** Only stores that ask for something, or whose settings differ. */
  show?: (typeof SHOWN)[number] | undefined;
  /** By name without it. */
  sort?: Sort | undefined;
  down?: boolean | undefined;
}
