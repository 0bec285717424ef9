import { useNavigate } from "@tanstack/react-router";
import { NewVehiclePage } from "@/features/inventory/vehicle-page";

export default function NewVehicle() {
  const navigate = useNavigate();
  return <NewVehiclePage onCreated={({ id }) => void navigate({ to: "/inventory/$vehicleId", params: { vehicleId: id }, replace: true })} />;
}
