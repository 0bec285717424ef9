import type { ReactNode } from "react";

/** An empty page says what it is for and gives the one action that fills it. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-96 flex-col items-center gap-2 px-4 py-16 text-center">
      <h2 className="text-18 font-semibold">{title}</h2>
      {children !== undefined && <p className="text-15 text-muted">{children}</p>}
      {action !== undefined && <div className="mt-3">{action}</div>}
    </div>
  );
}
