import { NumberingPage } from "@/features/numbering/numbering-page";

export default function Numbering() {
  return <NumberingPage />;
}
