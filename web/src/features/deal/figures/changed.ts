// The soft mark on a figure that has just changed. It stands still while somebody types and fades once they pause: a colour
// that moved with every frame would keep the page painting between the keystrokes.

/** How long a changed figure stays marked, in milliseconds. */
const MARKED = 600;

const marked = new Map<HTMLElement, number>();
let timer: ReturnType<typeof setTimeout> | undefined;

export function markChanged(figure: HTMLElement) {
  if (!marked.has(figure)) figure.dataset["changed"] = "";
  marked.set(figure, performance.now() + MARKED);
  timer ??= setTimeout(sweep, MARKED);
}

function sweep() {
  const now = performance.now();
  timer = undefined;
  for (const [figure, until] of marked) {
    if (until > now) continue;
    marked.delete(figure);
    delete figure.dataset["changed"];
  }
  if (marked.size > 0) timer = setTimeout(sweep, Math.max(0, Math.min(...marked.values()) - now));
}
