import { queryOptions } from "@tanstack/react-query";
import { api, read } from "@/api/client";

/** What each role may do. */
export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/roles", { signal })),
  staleTime: 60_000,
});
