import { useSyncExternalStore } from "react";

// One polite live region for the whole page: what changed without moving the focus.
let message = "";
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Says a sentence to screen readers once nothing newer has come for `delay` milliseconds. */
export function announce(text: string, delay = 0) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    message = text;
    for (const listener of listeners) listener();
  }, delay);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Announcer() {
  const text = useSyncExternalStore(subscribe, () => message);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}
