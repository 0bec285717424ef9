import type { ReactNode } from "react";
import { cx } from "./class-names";
import { PageTitle } from "./page-title";

interface Props {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  /** Has columns that are each of a readable width. */
  wide?: boolean;
  children: ReactNode;
}

/** The frame of a page that is read and filled in: title, what can be done, content of a readable width. */
export function Page({ title, note, actions, wide = false, children }: Props) {
  return (
    <div className={cx("mx-auto flex w-full flex-col gap-5 px-4 py-5 max-md:grow max-md:pb-0", wide ? "max-w-[80rem]" : "max-w-[52rem]")}>
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
