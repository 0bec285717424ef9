import type { ReactNode } from "react";
import { PageTitle } from "./page-title";

/** The frame of a page that is read and filled in: title, what can be done, content of a readable width. */
export function Page({ title, note, actions, children }: { title: string; note?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto flex w-full max-w-[52rem] flex-col gap-5 px-4 py-5 max-md:grow max-md:pb-0">
      <PageTitle>{title}</PageTitle>
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-24 font-semibold">{title}</h1>
        {note}
        {actions !== undefined && <div className="ml-auto flex gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
