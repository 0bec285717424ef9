import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { dealQuery } from "@/api/queries";
import { Proposal } from "@/features/deal/proposal/proposal";

const route = getRouteApi("/signed-in/deals/$dealId/proposal");

export default function ProposalRoute() {
  const { dealId } = route.useParams();
  const { data } = useSuspenseQuery(dealQuery(dealId));
  return <Proposal key={dealId} deal={data} />;
}
