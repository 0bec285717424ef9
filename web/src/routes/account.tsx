import { AccountPage } from "@/features/session/account-page";

export default function Account() {
  return <AccountPage />;
}
