import { TaxSettingsPage } from "@/features/taxes/tax-settings-page";

export default function TaxSettings() {
  return <TaxSettingsPage />;
}
