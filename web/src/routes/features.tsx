import { SwitchesPage } from "@/features/switches/switches-page";

export default function Features() {
  return <SwitchesPage />;
}
