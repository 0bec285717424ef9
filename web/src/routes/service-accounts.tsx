import { ServiceAccountsPage } from "@/features/access/service-accounts-page";

export default function ServiceAccounts() {
  return <ServiceAccountsPage />;
}
