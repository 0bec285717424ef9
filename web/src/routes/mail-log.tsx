import { MailLogPage } from "@/features/admin/mail-log-page";

export default function MailLog() {
  return <MailLogPage />;
}
