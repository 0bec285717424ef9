import { queryOptions } from "@tanstack/react-query";
import { api, read } from "@/api/client";

export const featuresQuery = queryOptions({
  queryKey: ["featureSwitches"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/settings/features", { signal })),
});
