import { getRouteApi } from "@tanstack/react-router";
import { VehiclePage } from "@/features/inventory/vehicle-page";

const route = getRouteApi("/signed-in/inventory/$vehicleId");

export default function Vehicle() {
  const { vehicleId } = route.useParams();
  return <VehiclePage key={vehicleId} id={vehicleId} />;
}
