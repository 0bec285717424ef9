import { getRouteApi } from "@tanstack/react-router";
import { StateList } from "@/features/taxes/state-list";

const route = getRouteApi("/signed-in/taxes/states");

export default function TaxStates() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  return <StateList filter={filter} onFilter={(part) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true })} />;
}
