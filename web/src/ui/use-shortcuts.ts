// One listener for the whole page. What is mounted last is asked first, so a panel wins over the page it belongs to.
import { useLayoutEffect, useRef } from "react";
import { preferences } from "./preferences";
import { isSingleKey, matches, type Combo } from "./shortcut";

export interface Shortcut {
  combos: readonly Combo[];
  label: string;
  group: string;
  /** Absent where the key is handled elsewhere and is only listed here. */
  run?: (() => void) | undefined;
  /** Asked with what has the focus: where it says no, the key keeps its ordinary meaning. */
  when?: (target: EventTarget | null) => boolean;
  /** Listens without a place in the key map: what it does is listed under another entry. */
  unlisted?: boolean;
  /** Also offered in the command palette. */
  action?: boolean;
}

export const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

const mounted: (() => readonly Shortcut[])[] = [];

/** In force as soon as the page shows what they act on: a key pressed in that instant is not lost. */
export function useShortcuts(shortcuts: readonly Shortcut[]) {
  const latest = useRef(shortcuts);
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useLayoutEffect(() => {
    const read = () => latest.current;
    mounted.push(read);
    return () => {
      mounted.splice(mounted.indexOf(read), 1);
    };
  }, []);
}

/** Everything that has a key here and now, most specific first. */
export function shortcutsInForce(): Shortcut[] {
  return mounted.toReversed().flatMap((read) => read());
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])"))
  );
}

/** Whether a single printable key may act as a shortcut at this moment. */
export function singleKeysWork(target: EventTarget | null): boolean {
  return preferences().singleKeys && !isTyping(target);
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open], [role=menu]") !== null) return;
  for (const { combos, run, when } of shortcutsInForce()) {
    if (run === undefined || when?.(event.target) === false) continue;
    const combo = combos.find((candidate) => matches(event, candidate, isMac));
    if (combo === undefined || (isSingleKey(combo) && !singleKeysWork(event.target))) continue;
    event.preventDefault();
    run();
    return;
  }
}

window.addEventListener("keydown", onKeyDown);
