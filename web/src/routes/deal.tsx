import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { dealQuery } from "@/api/queries";
import { DealScreen } from "@/features/deal/deal-screen";
import { CustomerPicker, VehiclePicker } from "@/features/desk/pickers";

const PICKERS = { Customer: CustomerPicker, Vehicle: VehiclePicker };

const route = getRouteApi("/signed-in/deals/$dealId");

export default function Deal() {
  const { dealId } = route.useParams();
  const { data } = useSuspenseQuery(dealQuery(dealId));
  return <DealScreen key={dealId} deal={data} pickers={PICKERS} />;
}
