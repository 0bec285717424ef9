// What the pages of the audit trail and of protected data read.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { addDays, startOfDay } from "@/i18n/dates";
import { api, read } from "./client";
import { sessionState, storeToday } from "./session";

export interface AuditFilter {
  q?: string | undefined;
  person?: string | undefined;
  /** An action, or the beginning of several when it ends with a dot. */
  action?: string | undefined;
  thing?: string | undefined;
  id?: string | undefined;
  /** Civil dates in the store's zone, both included; `all` goes back to the beginning. */
  from?: string | undefined;
  to?: string | undefined;
}

/** What is shown when nobody has said since when. */
const DAYS = 30;
const PAGE = 50;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The first day that is shown; empty for all of them. */
export function firstDay(from: string | undefined): string {
  if (from === "all") return "";
  return from !== undefined && DATE.test(from) ? from : addDays(storeToday(), -DAYS);
}

/** The filter as the server takes it. */
export function auditParameters({ q, person, action, thing, id, from, to }: AuditFilter) {
  const state = sessionState();
  const zone = state.status === "signedIn" ? state.session.dealership.timeZone : "UTC";
  const first = firstDay(from);
  return {
    ...(q === undefined ? {} : { q }),
    ...(person === undefined ? {} : { personId: person }),
    ...(action === undefined ? {} : { action }),
    ...(thing === undefined ? {} : { subjectKind: thing }),
    ...(id === undefined ? {} : { subjectId: id }),
    ...(first === "" ? {} : { from: startOfDay(first, zone) }),
    ...(to !== undefined && DATE.test(to) ? { until: startOfDay(addDays(to, 1), zone) } : {}),
  };
}

const firstPage: { cursor?: string } = {};

export function auditQuery(filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam, signal }) =>
      read(
        api.GET("/api/v1/admin/audit-logs", {
          params: { query: { ...auditParameters(filter), ...pageParam, limit: PAGE } },
          signal,
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: (page) => (page.nextCursor ? { cursor: page.nextCursor } : undefined),
  });
}

export const auditVocabularyQuery = queryOptions({
  queryKey: ["audit", "vocabulary"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/audit-logs/vocabulary", { signal })),
});

/** The entries that the filter lets through, as a file. */
export function fetchAuditFile(filter: AuditFilter): Promise<Blob> {
  return read(
    api.GET("/api/v1/admin/audit-logs/export", { params: { query: auditParameters(filter) }, parseAs: "blob" }),
  ) as Promise<Blob>;
}

/** Looked at anew while a rotation goes on. */
export const keysQuery = queryOptions({
  queryKey: ["keys"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/keys", { signal })),
  refetchInterval: ({ state: { data } }) => (data?.rotation != null && data.rotation.finishedAt == null ? 3000 : false),
});

export const dataMapQuery = queryOptions({
  queryKey: ["dataMap"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/data-map", { signal })),
});
