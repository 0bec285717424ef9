import { getRouteApi } from "@tanstack/react-router";
import { SetUpPage } from "@/features/session/setup-page";

const route = getRouteApi("/setup");

export default function SetUp() {
  const { token } = route.useSearch();
  const navigate = route.useNavigate();
  return <SetUpPage token={token ?? ""} onDone={() => void navigate({ to: "/admin/desk" })} />;
}
