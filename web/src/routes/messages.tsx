import { getRouteApi } from "@tanstack/react-router";
import { MessagesPage } from "@/features/messages/messages-page";

const route = getRouteApi("/signed-in/administration/admin/messages");

export default function Messages() {
  const { kind } = route.useSearch();
  const navigate = route.useNavigate();
  return <MessagesPage kind={kind} onKind={(chosen) => void navigate({ search: { kind: chosen } })} />;
}
