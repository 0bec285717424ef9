// Reading what a customer agreed to, and what stands in the way of erasing them.
import { queryOptions } from "@tanstack/react-query";
import { api, read } from "./client";

export function consentsQuery(id: string) {
  return queryOptions({
    queryKey: ["customer", id, "consents"],
    queryFn: ({ signal }) => read(api.GET("/api/v1/customers/{id}/consents", { params: { path: { id } }, signal })),
  });
}

export function erasureQuery(id: string) {
  return queryOptions({
    queryKey: ["customer", id, "erasure"],
    queryFn: ({ signal }) => read(api.GET("/api/v1/customers/{id}/erasure", { params: { path: { id } }, signal })),
  });
}
