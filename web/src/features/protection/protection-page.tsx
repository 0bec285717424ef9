import "./texts";
import { t } from "@/i18n/text";
import { Page } from "@/ui/page";
import { DataMapSection } from "./data-map-section";
import { KeysSection } from "./keys-section";

/** How protected data is kept: the keys, and what stands where. */
export function ProtectionPage() {
  return (
    <Page title={t("protection.title")}>
      <p className="text-15 text-muted">{t("protection.lead")}</p>
      <KeysSection />
      <DataMapSection />
    </Page>
  );
}
