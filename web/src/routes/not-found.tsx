import { t } from "@/i18n/text";
import { Empty } from "@/ui/empty";
import { PageTitle } from "@/ui/page-title";
import { LinkButton } from "@/ui/link-button";

export function NotFound() {
  return (
    <>
      <PageTitle>{t("error.notFound")}</PageTitle>
      <Empty title={t("error.notFound")} action={<LinkButton to="/desk">{t("error.toDesk")}</LinkButton>}>
      {t("error.notFound.hint")}
    </Empty>
    </>
  );
}
