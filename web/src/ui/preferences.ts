// Choices of this browser: theme and single-key shortcuts. Not worth a server, worth keeping.
import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

export interface Preferences {
  theme: Theme;
  singleKeys: boolean;
}

const KEY = "autolytiq.preferences";
const DEFAULTS: Preferences = { theme: "system", singleKeys: true };

let current = load();
const listeners = new Set<() => void>();

function load(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof stored === "object" && stored !== null ? { ...DEFAULTS, ...stored } : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

export function preferences(): Preferences {
  return current;
}

export function setPreference<K extends keyof Preferences>(key: K, value: Preferences[K]) {
  current = { ...current, [key]: value };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
  if (current.theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = current.theme;
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, preferences);
}
