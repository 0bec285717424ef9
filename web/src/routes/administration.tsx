import { AdminFrame } from "@/features/admin/admin-frame";

export default function Administration() {
  return <AdminFrame />;
}
