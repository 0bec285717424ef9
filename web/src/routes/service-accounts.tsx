import { ServiceAccountsPage } from "@/features/admin/service-accounts-page";

export default function ServiceAccounts() {
  return <ServiceAccountsPage />;
}
