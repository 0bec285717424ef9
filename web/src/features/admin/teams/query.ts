import { queryOptions } from "@tanstack/react-query";
import { api, read } from "@/api/client";

/** The teams of the store, by name. */
export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/teams", { signal })),
});
