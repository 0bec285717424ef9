import type { ReactNode } from "react";
import { PageTitle } from "./page-title";
import { useIsWide } from "./use-media";

/** The frame of a list: title, filters, the one action, the table. */
export function ListPage({ title, filters, action, children }: { title: string; filters?: ReactNode; action?: ReactNode; children: ReactNode }) {
  const wide = useIsWide();
  return (
    <div className="flex h-full flex-col max-md:h-auto max-md:grow">
      <PageTitle>{title}</PageTitle>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
        <h1 className="mr-1 text-18 font-semibold">{title}</h1>
        {filters}
        {wide && action !== undefined && <div className="ml-auto">{action}</div>}
      </div>
      <div className="min-h-0 grow overflow-auto border-t border-line bg-panel max-[80rem]:pr-2">{children}</div>
      {!wide && action !== undefined && (
        <div className="sticky bottom-(--navigation) z-10 grid border-t border-line bg-panel px-4 py-2">{action}</div>
      )}
    </div>
  );
}

export const TABLE = "w-full border-separate border-spacing-0";
export const HEAD =
  "sticky top-0 z-10 h-8 border-b border-line bg-panel px-3 text-left text-12 font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4 max-md:px-1.5";
export const CELL = "h-9 pointer-coarse:h-12 border-b border-line px-3 max-md:px-1.5 whitespace-nowrap first:pl-4 last:pr-4";
export const ROW =
  "group relative hover:bg-sunken focus-within:bg-accent-soft has-[[data-row-link]:focus-visible]:outline-2 has-[[data-row-link]:focus-visible]:-outline-offset-2 has-[[data-row-link]:focus-visible]:outline-accent";
/** A link that makes its whole row clickable; the row draws the focus ring. */
export const ROW_LINK = "font-medium outline-none after:absolute after:inset-0";
