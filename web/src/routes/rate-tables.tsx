import { RateTablesPage } from "@/features/taxes/rate-tables-page";

export default function RateTables() {
  return <RateTablesPage />;
}
