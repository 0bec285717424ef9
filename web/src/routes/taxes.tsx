import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { TaxExplorer } from "@/features/taxes/explorer-page";
import type { ExplorerValues } from "@/features/taxes/explorer-values";

const route = getRouteApi("/signed-in/taxes");

export default function Taxes() {
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const settled = useCallback((search: ExplorerValues) => void navigate({ search, replace: true }), [navigate]);
  return <TaxExplorer address={address} onSettled={settled} />;
}
