import { useLocation } from "@tanstack/react-router";
import { ConfirmAddressPage } from "@/features/session/confirm-address-page";

export default function ConfirmAddress() {
  // Behind the #, so that the token reaches no server's log.
  const token = new URLSearchParams(useLocation().hash).get("token");
  return <ConfirmAddressPage token={token ?? ""} />;
}
