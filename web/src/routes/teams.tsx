import "@/features/admin/teams/texts";
import { TeamsPage } from "@/features/admin/teams/teams-page";

export default function Teams() {
  return <TeamsPage />;
}
