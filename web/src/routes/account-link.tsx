import { useLocation } from "@tanstack/react-router";
import { AccountLinkPage } from "@/features/session/account-link-page";

/** Where the links of mails lead. */
export default function AccountLink() {
  // Behind the #, so that the token reaches no server's log.
  const token = new URLSearchParams(useLocation().hash).get("token");
  return <AccountLinkPage token={token ?? ""} />;
}
