import "@/features/admin/sso/texts";
import { SingleSignOnPage } from "@/features/admin/sso/settings-page";

export default function SingleSignOn() {
  return <SingleSignOnPage />;
}
