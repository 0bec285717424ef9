import { t } from "@/i18n/text";
import { Empty } from "@/ui/empty";
import { LinkButton } from "@/ui/link-button";

export function NotFound() {
  return (
    <Empty title={t("error.notFound")} action={<LinkButton to="/desk">{t("error.toDesk")}</LinkButton>}>
      {t("error.notFound.hint")}
    </Empty>
  );
}
