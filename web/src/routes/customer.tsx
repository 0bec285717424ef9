import { getRouteApi } from "@tanstack/react-router";
import { CustomerPage } from "@/features/customers/customer-page";

const route = getRouteApi("/signed-in/customers/$customerId");

export default function Customer() {
  const { customerId } = route.useParams();
  return <CustomerPage key={customerId} id={customerId} />;
}
