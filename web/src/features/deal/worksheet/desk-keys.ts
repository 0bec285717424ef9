// Moving about the desk by keys: Enter and the arrows go down a column of inputs, the arrows walk over the figures.
import type { KeyboardEvent } from "react";

const INPUT = "[data-desk-input]";
const FIGURE = "[data-figure]";

export function onDeskKey(event: KeyboardEvent<HTMLElement>) {
  if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
  const next = event.target.matches(INPUT)
    ? nextInput(event.currentTarget, event.target, event.key)
    : event.target.matches(FIGURE)
      ? nextFigure(event.currentTarget, event.target, event.key)
      : undefined;
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function nextInput(desk: HTMLElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const step = key === "ArrowDown" || key === "Enter" ? 1 : key === "ArrowUp" ? -1 : 0;
  if (step === 0 || (from instanceof HTMLSelectElement && key !== "Enter")) return undefined;
  const column = from.closest("[data-key-column]") ?? desk;
  const inputs = [...column.querySelectorAll<HTMLElement>(INPUT)].filter((input) => input.closest("[data-key-column]") === from.closest("[data-key-column]"));
  return inputs[inputs.indexOf(from) + step];
}

function nextFigure(desk: HTMLElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const figures = [...desk.querySelectorAll<HTMLElement>(FIGURE)];
  const columns = [...new Set(figures.map((figure) => figure.dataset["column"]))];
  const here = columns.indexOf(from.dataset["column"]);
  const inColumn = (place: number) => figures.filter((figure) => figure.dataset["column"] === columns[place]);
  const own = inColumn(here);
  const at = own.indexOf(from);
  switch (key) {
    case "ArrowDown":
      return own[at + 1];
    case "ArrowUp":
      return own[at - 1];
    case "ArrowLeft":
    case "ArrowRight": {
      const beside = here + (key === "ArrowRight" ? 1 : -1);
      if (columns[beside] === undefined) return undefined;
      const others = inColumn(beside);
      return others.find((figure) => figure.dataset["figure"] === from.dataset["figure"]) ?? others[Math.min(at, others.length - 1)];
    }
    default:
      return undefined;
  }
}
