import { getRouteApi } from "@tanstack/react-router";
import { CustomerList } from "@/features/customers/customer-list";

const route = getRouteApi("/signed-in/customers");

export default function Customers() {
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  return <CustomerList q={q ?? ""} onSearch={(next) => void navigate({ search: { q: next || undefined }, replace: true })} />;
}
