// What a key combination is written as, and whether a key press is it. Pure, so that it can be tested without a page.

/** `"F1"`, `"j"`, `"?"`, `"Mod+K"`: `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
export type Combo = string;

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** One printable character without a modifier: may be switched off, and never works while somebody types. */
export function isSingleKey(combo: Combo): boolean {
  return combo.length === 1;
}

export function matches(press: KeyPress, combo: Combo, mac: boolean): boolean {
  const parts = combo.split("+");
  const key = parts.at(-1) ?? "";
  const mod = parts.includes("Mod");
  if (press.altKey) return false;
  if ((mac ? press.metaKey : press.ctrlKey) !== mod) return false;
  if (mac ? press.ctrlKey : press.metaKey) return false;
  // Shift is part of what makes `?`; for letters and named keys it must be asked for.
  if (press.shiftKey !== parts.includes("Shift") && !/^[^\p{L}\d]$/u.test(key)) return false;
  return press.key.toLowerCase() === key.toLowerCase();
}

const MAC_SIGNS: Record<string, string> = { Mod: "⌘", Shift: "⇧", Enter: "↩" };
const SIGNS: Record<string, string> = { Mod: "Ctrl", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc" };

/** As it stands on a key hint: `"Mod+K"` is `⌘K` on a Mac and `Ctrl K` elsewhere. */
export function written(combo: Combo, mac: boolean): string {
  const signs = mac ? { ...SIGNS, ...MAC_SIGNS } : SIGNS;
  const parts = combo.split("+").map((part) => signs[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return parts.join(mac ? "" : " ");
}

/** For `aria-keyshortcuts`. */
export function spoken(combo: Combo, mac: boolean): string {
  return combo.replace("Mod", mac ? "Meta" : "Control");
}
