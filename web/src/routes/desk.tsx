import { getRouteApi } from "@tanstack/react-router";
import { DeskLog } from "@/features/desk/desk-log";

const route = getRouteApi("/signed-in/desk");

export default function Desk() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <DeskLog filter={filter} onFilter={(part) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true })} />
  );
}
