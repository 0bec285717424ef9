import { getRouteApi } from "@tanstack/react-router";
import { AuditPage } from "@/features/audit/audit-page";

const route = getRouteApi("/signed-in/administration/admin/audit");

export default function Audit() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <AuditPage
      filter={filter}
      onFilter={(part) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true })}
      onClear={() => void navigate({ search: { from: "all" }, replace: true })}
    />
  );
}
