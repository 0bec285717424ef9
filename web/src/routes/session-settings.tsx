import { SessionSettingsPage } from "@/features/admin/session-settings-page";

export default function SessionSettings() {
  return <SessionSettingsPage />;
}
