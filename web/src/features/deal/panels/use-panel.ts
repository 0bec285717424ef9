import { useCallback, useState } from "react";
import type { Question } from "../worksheet/desk-context";
import type { Panel } from "./side-panel";

/** Which panel is open beside the figures, and how its reader came to the present question. */
export function usePanel() {
  const [panel, setPanel] = useState<Panel>();
  const [trail, setTrail] = useState<readonly Question[]>([]);
  const ask = useCallback((question: Question) => {
    setTrail([question]);
    setPanel("why");
  }, []);
  const follow = useCallback((question: Question) => setTrail((before) => [...before, question]), []);
  /** One step back: to the question before, or out of the panel. */
  const back = useCallback(() => {
    if (panel === "why" && trail.length > 1) {
      setTrail(trail.slice(0, -1));
      return;
    }
    setPanel(undefined);
    setTrail([]);
    const last = trail[0];
    if (last !== undefined) refocus(last);
  }, [panel, trail]);
  const close = useCallback(() => {
    setPanel(undefined);
    setTrail([]);
  }, []);
  const toggle = useCallback((wanted: Panel) => setPanel((open) => (open === wanted ? undefined : wanted)), []);
  const open = useCallback((wanted: Panel) => setPanel(wanted), []);
  return { panel, trail, asked: panel === "why" ? trail.at(-1) : undefined, ask, follow, back, close, open, toggle };
}

/** Gives the focus back to the figure that was asked about, unless it is somewhere of use already. */
function refocus({ columnId, path }: Question) {
  if (document.activeElement?.matches("[data-desk-input]") === true) return;
  document.querySelector<HTMLElement>(`[data-figure="${CSS.escape(path)}"][data-column="${CSS.escape(columnId)}"]`)?.focus();
}
