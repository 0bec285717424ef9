import { useSyncExternalStore } from "react";

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Room for a panel beside the columns. */
export function useIsVeryWide(): boolean {
  return useMedia("(min-width: 80rem)");
}

/** Room for several columns side by side. */
export function useIsWide(): boolean {
  return useMedia("(min-width: 48rem)");
}
