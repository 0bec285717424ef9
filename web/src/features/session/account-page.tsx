import { t } from "@/i18n/text";
import { Page } from "@/ui/page";
import { FactorsSection } from "./factors-section";
import { PasswordSection } from "./password-section";
import { SessionsSection } from "./sessions-section";

/** One's own account: how one proves who one is, and where one is signed in. */
export function AccountPage() {
  return (
    <Page title={t("account.title")}>
      <FactorsSection />
      <PasswordSection />
      <SessionsSection />
    </Page>
  );
}
