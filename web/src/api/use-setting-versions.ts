// The versions of a page of settings, and going back to one.
import { useMutation, useQuery, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { api, ifMatch, read } from "./client";
import { asApiError, type ApiError } from "./problem";
import type { Setting } from "./types";

export interface SettingVersions<T> {
  items: readonly { version: number; savedAt?: string | null; savedBy?: string | null; value: T }[];
  goBack: (version: number) => void;
  busy: boolean;
  error: ApiError | undefined;
}

/** The versions of a setting that now has the version `current`; `page` is what is read again after going back. */
export function useSettingVersions<T>(setting: Setting, current: number, page: QueryKey): SettingVersions<T> {
  const queries = useQueryClient();
  const { data } = useQuery({
    // A version that was saved meanwhile is one more.
    queryKey: ["settingVersions", setting, current],
    queryFn: ({ signal }) => read(api.GET("/api/v1/admin/settings/{setting}/versions", { params: { path: { setting } }, signal })),
  });
  const restore = useMutation({
    mutationFn: (version: number) =>
      read(api.POST("/api/v1/admin/settings/{setting}/versions/{version}/restore", { params: { path: { setting, version }, header: ifMatch(current) } })),
    onSettled: () => queries.invalidateQueries({ queryKey: page }),
  });
  return {
    // The server keeps what this page sent it.
    items: (data?.items ?? []) as unknown as SettingVersions<T>["items"],
    goBack: (version) => restore.mutate(version),
    busy: restore.isPending,
    error: restore.error === null ? undefined : asApiError(restore.error),
  };
}
