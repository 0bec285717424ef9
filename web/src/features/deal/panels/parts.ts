// The panels, whose scripts come behind the figures: a deal is read and typed into without them.
import { later } from "@/ui/later";

export const COPY = later(() => import("./copy-panel").then(({ CopyPanel }) => CopyPanel));
export const GRID = later(() => import("./grid-panel").then(({ GridPanel }) => GridPanel));
export const HISTORY = later(() => import("./history-panel").then(({ HistoryPanel }) => HistoryPanel));
export const ROLL = later(() => import("./roll-panel").then(({ RollPanel }) => RollPanel));
export const WHY = later(() => import("./why-panel").then(({ WhyPanel }) => WhyPanel));

/** Fetches them all, so that a key opens its panel at once. */
export function preparePanels() {
  for (const { prepare } of [ROLL, GRID, WHY, HISTORY, COPY]) prepare();
}
