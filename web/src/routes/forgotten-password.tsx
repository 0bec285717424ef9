import { ForgottenPasswordPage } from "@/features/session/forgotten-password-page";

export default function ForgottenPassword() {
  return <ForgottenPasswordPage />;
}
