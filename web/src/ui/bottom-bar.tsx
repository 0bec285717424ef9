import type { ReactNode } from "react";

/** What leads on from a page. On a phone it stays where the thumb is, above the navigation. */
export function BottomBar({ children }: { children: ReactNode }) {
  return (
    <div className="flex items-center gap-3 max-md:sticky max-md:bottom-(--navigation) max-md:mt-auto max-md:[&>button]:grow max-md:z-10 max-md:-mx-4 max-md:border-t max-md:border-line max-md:bg-panel max-md:px-4 max-md:py-2">
      {children}
    </div>
  );
}
