import { getRouteApi } from "@tanstack/react-router";
import { VehicleList } from "@/features/inventory/vehicle-list";

const route = getRouteApi("/signed-in/inventory");

export default function Inventory() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <VehicleList filter={filter} onFilter={(part) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true })} />
  );
}
