import { usePreferences } from "./preferences";
import { isSingleKey, written, type Combo } from "./shortcut";
import { isMac } from "./use-shortcuts";

/** A key, shown where it acts. Hidden from screen readers: the control says it with `aria-keyshortcuts`. */
export function Kbd({ combo, onAccent = false }: { combo: Combo; onAccent?: boolean }) {
  const { singleKeys } = usePreferences();
  if (isSingleKey(combo) && !singleKeys) return null;
  return (
    <kbd
      aria-hidden
      className={`hidden rounded-sm border px-1 font-sans text-12 leading-4 pointer-fine:inline-block ${
        onAccent ? "border-on-accent/40 text-on-accent" : "border-line bg-ground text-muted"
      }`}
    >
      {written(combo, isMac)}
    </kbd>
  );
}
