import { t } from "@/i18n/text";
import { LinkButton } from "@/ui/link-button";
import { PageTitle } from "@/ui/page-title";

export function NotFound() {
  return <Nothing title={t("error.notFound")} hint={t("error.notFound.hint")} />;
}

/** A page that is there, but not for this role. */
export function Forbidden() {
  return <Nothing title={t("error.forbidden")} hint={t("error.forbidden.hint")} />;
}

function Nothing({ title, hint }: { title: string; hint: string }) {
  return (
    <div className="mx-auto flex max-w-96 flex-col items-center gap-2 px-4 py-16 text-center">
      <PageTitle>{title}</PageTitle>
      <h1 className="text-18 font-semibold">{title}</h1>
      <p className="mb-3 text-15 text-muted">{hint}</p>
      <LinkButton to="/desk">{t("error.toDesk")}</LinkButton>
    </div>
  );
}

/** The same for an address that is no page at all, with no frame around it. */
export function NoSuchPage() {
  return (
    <main>
      <NotFound />
    </main>
  );
}
