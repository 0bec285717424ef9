import { RolesPage } from "@/features/admin/roles-page";

export default function RolesRoute() {
  return <RolesPage />;
}
