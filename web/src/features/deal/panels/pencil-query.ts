import { queryOptions } from "@tanstack/react-query";
import { api, read } from "@/api/client";

/** One pencil. It never changes. */
export function pencilQuery(dealId: string, pencilId: string) {
  return queryOptions({
    queryKey: ["pencil", dealId, pencilId],
    queryFn: ({ signal }) =>
      read(api.GET("/api/v1/deals/{id}/scenarios/{pencilId}", { params: { path: { id: dealId, pencilId } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
