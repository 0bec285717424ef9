import { t } from "@/i18n/text";
import { LinkButton } from "@/ui/link-button";
import { PageTitle } from "@/ui/page-title";

export function NotFound() {
  return (
    <div className="mx-auto flex max-w-96 flex-col items-center gap-2 px-4 py-16 text-center">
      <PageTitle>{t("error.notFound")}</PageTitle>
      <h1 className="text-18 font-semibold">{t("error.notFound")}</h1>
      <p className="mb-3 text-15 text-muted">{t("error.notFound.hint")}</p>
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
