import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { storeToday } from "@/api/session";
import { StatePage } from "@/features/taxes/state-page";

const route = getRouteApi("/signed-in/taxes/states/$code");

export default function TaxState() {
  const { code } = route.useParams();
  const { date } = route.useSearch();
  const [today] = useState(storeToday);
  return <StatePage key={code} code={code} date={date ?? today} />;
}
