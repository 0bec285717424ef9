import { CompliancePage } from "@/features/compliance/compliance-page";

export default function Compliance() {
  return <CompliancePage />;
}
