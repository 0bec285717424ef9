import { getRouteApi, useLocation } from "@tanstack/react-router";
import { SetUpPage } from "@/features/session/setup-page";

const route = getRouteApi("/setup");

export default function SetUp() {
  const navigate = route.useNavigate();
  // Behind the #, so that the token reaches no server's log.
  const token = new URLSearchParams(useLocation().hash).get("token");
  return <SetUpPage token={token ?? ""} onDone={() => void navigate({ to: "/admin/desk" })} onRestart={() => void navigate({ to: "/sign-in" })} />;
}
