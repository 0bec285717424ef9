import { getRouteApi } from "@tanstack/react-router";
import { NewCustomerPage } from "@/features/customers/customer-page";

const route = getRouteApi("/signed-in/customers/new");

export default function NewCustomer() {
  const { name, forDeal, vehicle } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <NewCustomerPage
      name={name ?? ""}
      onCreated={({ id }) =>
        forDeal === true
          ? void navigate({ to: "/deals/new", search: { customer: id, vehicle }, replace: true })
          : void navigate({ to: "/customers/$customerId", params: { customerId: id }, replace: true })
      }
    />
  );
}
