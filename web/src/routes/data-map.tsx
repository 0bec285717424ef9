import { ProtectionPage } from "@/features/protection/protection-page";

export default function DataMap() {
  return <ProtectionPage />;
}
