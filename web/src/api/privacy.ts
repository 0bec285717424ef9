// Reading what a customer agreed to, and what stands in the way of erasing them.
import { queryOptions } from "@tanstack/react-query";
import { api, read } from "./client";
import { may, offers } from "./session";
import type { Session } from "./types";

/** Whether somebody may take the file of all that is held on a customer. */
export function mayExport(session: Session): boolean {
  return may(session, "customer.export") && offers(session, "customer-export");
}

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

export const complianceQuery = queryOptions({
  queryKey: ["compliance"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/compliance", { signal })),
});

export const retentionQuery = queryOptions({
  queryKey: ["retention", "schedule"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/privacy/retention", { signal })),
});

export const retentionDueQuery = queryOptions({
  queryKey: ["retention", "due"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/privacy/retention/due", { signal })),
});

export const retentionRunsQuery = queryOptions({
  queryKey: ["retention", "runs"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/privacy/retention/runs", { signal })),
});
