// How the store numbers its deals and its stock, and where the numbers stand.
import { queryOptions } from "@tanstack/react-query";
import { api, read } from "./client";

export const numberingQuery = queryOptions({
  queryKey: ["numbering"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/settings/numbering", { signal })),
});

/** The number that the next deal takes. */
export const dealNumbersQuery = queryOptions({
  queryKey: ["numbering", "deals"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/deals/next-number", { signal })),
  // Somebody opens a deal at any moment.
  staleTime: 0,
});

/** The numbers that the next vehicles without one are given. */
export const stockNumbersQuery = queryOptions({
  queryKey: ["numbering", "stock"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/inventory/next-numbers", { signal })),
  staleTime: 0,
});
