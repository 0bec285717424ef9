import { queryOptions } from "@tanstack/react-query";
import { api, read } from "@/api/client";

/** The store's single sign-on. */
export const singleSignOnQuery = queryOptions({
  queryKey: ["singleSignOn"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/settings/single-sign-on", { signal })),
});
