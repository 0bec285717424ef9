import type { ReactNode } from "react";
import { t } from "@/i18n/text";
import { Logo } from "@/ui/logo";
import { PageTitle } from "@/ui/page-title";

/** A page for somebody who is not signed in. */
export function FrontPage({ title, lead, wide = false, children }: { title: string; lead?: string; wide?: boolean; children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-[10vh]">
      <PageTitle>{title}</PageTitle>
      <div className={`w-full ${wide ? "max-w-[36rem]" : "max-w-[22rem]"}`}>
        <p className="mb-8 flex items-center gap-2.5 text-18 font-semibold">
          <Logo />
          {t("product.name")}
        </p>
        <h1 className="text-24 font-semibold">{title}</h1>
        <p className="mt-1 mb-6 text-15 text-muted">{lead ?? t("signIn.theme")}</p>
        {children}
      </div>
    </main>
  );
}
