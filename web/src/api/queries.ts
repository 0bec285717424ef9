// What the pages read, as query options: a route's loader fetches them ahead, a component reads the same value.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, read } from "./client";
import type { AddressedPlace, DealState, DuplicateQuery, User, Vehicle } from "./types";

type VehicleStatus = Vehicle["status"];

export interface DealFilter {
  q?: string | undefined;
  state?: DealState | undefined;
}

export interface VehicleFilter {
  q?: string | undefined;
  condition?: "new" | "used" | undefined;
  status?: VehicleStatus | undefined;
}

const PAGE = 50;

const firstPage: { cursor?: string } = {};
const nextPage = (page: { nextCursor?: string | null }) => (page.nextCursor ? { cursor: page.nextCursor } : undefined);

export function dealsQuery({ q, state }: DealFilter) {
  return infiniteQueryOptions({
    queryKey: ["deals", { q, state }],
    queryFn: ({ pageParam, signal }) =>
      read(
        api.GET("/api/v1/deals", {
          params: { query: { ...given({ q, state: state && [state] }), ...pageParam, limit: PAGE } },
          signal,
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });
}

export function dealQuery(id: string) {
  return queryOptions({
    queryKey: ["deal", id],
    queryFn: ({ signal }) => read(api.GET("/api/v1/deals/{id}", { params: { path: { id } }, signal })),
  });
}

export function historyQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ["deal", id, "history"],
    queryFn: ({ pageParam, signal }) =>
      read(
        api.GET("/api/v1/deals/{id}/history", { params: { path: { id }, query: { ...pageParam, limit: PAGE } }, signal }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });
}

export function customersQuery(q: string | undefined, limit = PAGE) {
  return infiniteQueryOptions({
    queryKey: ["customers", q ?? "", limit],
    queryFn: ({ pageParam, signal }) =>
      read(api.GET("/api/v1/customers", { params: { query: { ...given({ q }), ...pageParam, limit } }, signal })),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });
}

export function customerQuery(id: string) {
  return queryOptions({
    queryKey: ["customer", id],
    queryFn: ({ signal }) => read(api.GET("/api/v1/customers/{id}", { params: { path: { id } }, signal })),
  });
}

/** Who has this telephone number or e-mail address already. */
export function duplicatesQuery(wanted: DuplicateQuery) {
  return queryOptions({
    queryKey: ["customers", "duplicates", wanted],
    queryFn: ({ signal }) => read(api.POST("/api/v1/customers/duplicates", { body: wanted, signal })),
  });
}

export function vehiclesQuery(filter: VehicleFilter, limit = PAGE) {
  return infiniteQueryOptions({
    queryKey: ["vehicles", filter, limit],
    queryFn: ({ pageParam, signal }) =>
      read(api.GET("/api/v1/inventory", { params: { query: { ...given(filter), ...pageParam, limit } }, signal })),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });
}

export function vehicleQuery(id: string) {
  return queryOptions({
    queryKey: ["vehicle", id],
    queryFn: ({ signal }) => read(api.GET("/api/v1/inventory/{id}", { params: { path: { id } }, signal })),
  });
}

/** What a VIN says by itself. A wrong one is refused with the reason. */
export function vinQuery(vin: string) {
  return queryOptions({
    queryKey: ["vin", vin],
    queryFn: ({ signal }) => read(api.GET("/api/v1/vin-decode/{vin}", { params: { path: { vin } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What a vehicle's VIN says, beside what was entered for this version of it. */
export function vehicleVinQuery({ id, version }: Pick<Vehicle, "id" | "version">) {
  return queryOptions({
    queryKey: ["vehicle", id, "vin", version],
    queryFn: ({ signal }) => read(api.GET("/api/v1/inventory/{id}/vin-decode", { params: { path: { id } }, signal })),
  });
}

export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: async ({ signal }) => {
    // All of them: pages choose people by name, and a store has a few hundred.
    const items: User[] = [];
    let page: { nextCursor?: string | null; items: User[] };
    let cursor = {};
    do {
      page = await read(api.GET("/api/v1/admin/users", { params: { query: { ...cursor, limit: 200 } }, signal }));
      items.push(...page.items);
      cursor = { cursor: page.nextCursor };
    } while (page.nextCursor);
    return { items };
  },
});

/** The lists of people that were imported last. */
export const userImportsQuery = queryOptions({
  queryKey: ["user-imports"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/user-imports", { signal })),
});

/** Who has asked for access and waits for a decision. */
export const registrationsQuery = queryOptions({
  queryKey: ["registrations"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/registrations", { signal })),
});

export const registrationDoorQuery = queryOptions({
  queryKey: ["registration-door"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/registration-door", { signal })),
});

/** Who was invited and has not come yet. */
export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/invitations", { signal })),
});

/** What the product has written to people of the store, newest first. */
export const mailQuery = infiniteQueryOptions({
  queryKey: ["mail"],
  queryFn: ({ pageParam, signal }) =>
    read(api.GET("/api/v1/admin/mail", { params: { query: { ...pageParam, limit: PAGE } }, signal })),
  initialPageParam: firstPage,
  getNextPageParam: nextPage,
});

export function messageQuery(id: string) {
  return queryOptions({
    queryKey: ["mail", id],
    queryFn: ({ signal }) => read(api.GET("/api/v1/admin/mail/{id}", { params: { path: { id } }, signal })),
  });
}

export const factorsQuery = queryOptions({
  queryKey: ["factors"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/auth/factors", { signal })),
});

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/auth/sessions", { signal })),
});

export const sessionSettingsQuery = queryOptions({
  queryKey: ["sessionSettings"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/settings/sessions", { signal })),
});

export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/roles", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

export const customRolesQuery = queryOptions({
  queryKey: ["customRoles"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/custom-roles", { signal })),
});

/** What stands on the papers of the store, and its profile as it can be changed. */
export const letterheadQuery = queryOptions({
  queryKey: ["letterhead"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/letterhead", { signal })),
});

export const deskSettingsQuery = queryOptions({
  queryKey: ["deskSettings"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/settings/desk", { signal })),
});

export const statesQuery = queryOptions({
  queryKey: ["states"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/places/states", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

export function countiesQuery(state: string) {
  return queryOptions({
    queryKey: ["counties", state],
    queryFn: ({ signal }) => read(api.GET("/api/v1/places/{state}/counties", { params: { path: { state } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The local rates of a state that the store computes deals of a day with: imported or shipped, and the counties they know. */
export function localRatesQuery(state: string, date: string) {
  return queryOptions({
    queryKey: ["localRates", state, date],
    queryFn: ({ signal }) => read(api.GET("/api/v1/places/{state}/local-rates", { params: { path: { state }, query: { date } }, signal })),
    staleTime: 10 * 60_000,
  });
}

/** What a ZIP says of its addresses' local rates on a day; one nobody lives at is refused. */
export function zipQuery(zip: string, date: string) {
  return queryOptions({
    queryKey: ["zip", zip, date],
    queryFn: ({ signal }) => read(api.GET("/api/v1/places/zips/{zip}", { params: { path: { zip }, query: { date } }, signal })),
    staleTime: 10 * 60_000,
    retry: false,
  });
}

/** The states whose rules the engine has. */
export const ruleStatesQuery = queryOptions({
  queryKey: ["ruleStates"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/calc/states", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

/** A state's rules in plain words: of a day, or the newest. */
export function stateRulesQuery(code: string, date?: string) {
  return queryOptions({
    queryKey: ["stateRules", code, date ?? ""],
    queryFn: ({ signal }) =>
      read(api.GET("/api/v1/calc/states/{code}", { params: { path: { code }, query: given({ date }) }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

export const rateImportsQuery = queryOptions({
  queryKey: ["rateImports"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/places/rate-imports", { signal })),
});

/** How far the server is with a table that is being sent; asked again until it is done. */
export function rateProgressQuery(id: string) {
  return queryOptions({
    queryKey: ["rateProgress", id],
    queryFn: ({ signal }) => read(api.GET("/api/v1/places/rate-imports/{id}/progress", { params: { path: { id } }, signal })),
    refetchInterval: 500,
    retry: false,
  });
}

export interface PlacesOfDeal {
  dealDate: string;
  dealerPlace: AddressedPlace;
  buyerPlace: AddressedPlace;
  garagingPlace?: AddressedPlace | undefined;
}

/** The rates of the deal's places on its day. */
export function ratesQuery(places: PlacesOfDeal) {
  return queryOptions({
    queryKey: ["rates", places],
    queryFn: ({ signal }) => {
      const { garagingPlace, ...body } = places;
      return read(
        api.POST("/api/v1/places/resolve", { body: garagingPlace ? { ...body, garagingPlace } : body, signal }),
      );
    },
    staleTime: 10 * 60_000,
  });
}

/** Without the keys that hold nothing, so that they do not appear in the address as `undefined`. */
function given<T extends object>(filter: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== "")) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
