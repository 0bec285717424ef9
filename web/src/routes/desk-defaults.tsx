import { DeskSettingsPage } from "@/features/admin/desk-settings-page";

export default function DeskDefaults() {
  return <DeskSettingsPage />;
}
