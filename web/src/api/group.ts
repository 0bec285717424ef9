// Reading all stores of a group, and the people in them.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, read } from "./client";
import type { GroupPerson } from "./types";

const PAGE = 50;

export const groupQuery = queryOptions({
  queryKey: ["group", "stores"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/group", { signal })),
});

const firstPage: { cursor?: string } = {};

export function groupPeopleQuery(q: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ["group", "people", q ?? ""],
    queryFn: ({ pageParam, signal }) =>
      read(api.GET("/api/v1/admin/group/people", { params: { query: { ...(q !== undefined && { q }), ...pageParam, limit: PAGE } }, signal })),
    initialPageParam: firstPage,
    getNextPageParam: (page) => (page.nextCursor ? { cursor: page.nextCursor } : undefined),
  });
}

/** Everybody of one store: a few hundred, from whom somebody is chosen. */
export function peopleOfStoreQuery(dealershipId: string) {
  return queryOptions({
    queryKey: ["group", "people-of", dealershipId],
    queryFn: async ({ signal }) => {
      const items: GroupPerson[] = [];
      let page: { nextCursor?: string | null; items: GroupPerson[] };
      let cursor = {};
      do {
        page = await read(api.GET("/api/v1/admin/group/people", { params: { query: { dealershipId, ...cursor, limit: 200 } }, signal }));
        items.push(...page.items);
        cursor = { cursor: page.nextCursor };
      } while (page.nextCursor);
      return items;
    },
  });
}
