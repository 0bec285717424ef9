import type { ReactNode } from "react";
import { PageTitle } from "./page-title";

/** The frame of a list: title, filters, the one action, the table. */
export function ListPage({ title, filters, action, children }: { title: string; filters: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex h-full flex-col">
      <PageTitle>{title}</PageTitle>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
        <h1 className="mr-1 text-18 font-semibold">{title}</h1>
        {filters}
        {action !== undefined && <div className="ml-auto">{action}</div>}
      </div>
      <div className="min-h-0 grow overflow-auto border-t border-line bg-panel">{children}</div>
    </div>
  );
}

export const TABLE = "w-full border-separate border-spacing-0";
export const HEAD =
  "sticky top-0 z-10 h-8 border-b border-line bg-panel px-3 text-left text-12 font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4";
export const CELL = "h-9 border-b border-line px-3 whitespace-nowrap first:pl-4 last:pr-4";
export const ROW =
  "group relative hover:bg-sunken focus-within:bg-accent-soft has-[[data-row-link]:focus-visible]:outline-2 has-[[data-row-link]:focus-visible]:-outline-offset-2 has-[[data-row-link]:focus-visible]:outline-accent";
/** A link that makes its whole row clickable; the row draws the focus ring. */
export const ROW_LINK = "font-medium outline-none after:absolute after:inset-0";
