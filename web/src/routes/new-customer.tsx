import { getRouteApi } from "@tanstack/react-router";
import { NewCustomerPage } from "@/features/customers/customer-page";

const route = getRouteApi("/signed-in/customers/new");

export default function NewCustomer() {
  const { name, forDeal, vehicle } = route.useSearch();
  const navigate = route.useNavigate();
  const toDeal = (customer: string) => void navigate({ to: "/deals/new", search: { customer, vehicle }, replace: true });
  const toCustomer = (customerId: string) => void navigate({ to: "/customers/$customerId", params: { customerId }, replace: true });
  return <NewCustomerPage name={name ?? ""} onCreated={forDeal === true ? toDeal : toCustomer} onUse={forDeal === true ? toDeal : undefined} />;
}
