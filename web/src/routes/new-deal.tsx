import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { customerQuery, vehicleQuery } from "@/api/queries";
import { NewDeal } from "@/features/desk/new-deal";

const route = getRouteApi("/signed-in/deals/new");

export default function NewDealRoute() {
  const { customer, vehicle } = route.useSearch();
  const navigate = route.useNavigate();
  const chosenCustomer = useQuery({ ...customerQuery(customer ?? ""), enabled: customer !== undefined });
  const chosenVehicle = useQuery({ ...vehicleQuery(vehicle ?? ""), enabled: vehicle !== undefined });
  return (
    <NewDeal
      customer={customer === undefined ? undefined : chosenCustomer.data}
      vehicle={vehicle === undefined ? undefined : chosenVehicle.data}
      onPick={(pick) => void navigate({ search: (before) => ({ ...before, ...pick }), replace: true })}
      onNewCustomer={(name) => void navigate({ to: "/customers/new", search: { name, forDeal: true, vehicle } })}
      onStarted={(deal) => void navigate({ to: "/deals/$dealId", params: { dealId: deal.id }, replace: true })}
    />
  );
}
