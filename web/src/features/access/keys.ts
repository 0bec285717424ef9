// What the pages of API keys share: what they read, and what a key's state is called.
import { queryOptions } from "@tanstack/react-query";
import { api, read } from "@/api/client";
import type { components } from "@/api/schema";

export type ApiKey = components["schemas"]["ApiKey"];
export type ApiKeyNew = components["schemas"]["ApiKeyNew"];
export type ApiKeyMade = components["schemas"]["ApiKeyMade"];
export type ServiceAccount = components["schemas"]["ServiceAccount"];

export const ownKeysQuery = queryOptions({
  queryKey: ["apiKeys", "own"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/account/api-keys", { signal })),
});

export const allKeysQuery = queryOptions({
  queryKey: ["apiKeys", "all"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/api-keys", { signal })),
});

export const serviceAccountsQuery = queryOptions({
  queryKey: ["serviceAccounts"],
  queryFn: ({ signal }) => read(api.GET("/api/v1/admin/service-accounts", { signal })),
});

/** A week before its end a key is shown as ending soon. */
const SOON = 7 * 24 * 60 * 60_000;

export function keyState({ revokedAt, expiresAt }: ApiKey, now: number): "revoked" | "expired" | "soon" | "good" {
  if (revokedAt) return "revoked";
  const left = Date.parse(expiresAt) - now;
  return left <= 0 ? "expired" : left <= SOON ? "soon" : "good";
}

/** A permission that only reads, by its id. */
export function onlyReads(permission: string): boolean {
  return permission.endsWith(".read") || permission.endsWith(".view");
}
