// Waiting for a server, or a part of it, that was away.

/** The first wait in milliseconds; the next ones are longer, up to the longest. */
const FIRST = 1_000;
const LONGEST = 5_000;

/**
 * Calls `then` once the part is back, or the server where no part is named; it looks at once when the network returns.
 * Answers with what stops the waiting.
 */
export function whenBack(target: string | undefined, then: () => void): () => void {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  let pause = FIRST;
  const wait = () => {
    timer = setTimeout(() => void look(), pause * (0.75 + Math.random() / 2));
    pause = Math.min(LONGEST, pause * 1.5);
  };
  const end = () => {
    stop.abort();
    clearTimeout(timer);
  };
  const look = async () => {
    clearTimeout(timer);
    const back = await isBack(target, stop.signal);
    if (stop.signal.aborted) return;
    if (!back) return wait();
    end();
    then();
  };
  window.addEventListener("online", () => void look(), { signal: stop.signal });
  wait();
  return end;
}

async function isBack(target: string | undefined, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch("/ready", { cache: "no-store", signal });
    return response.ok && !isMissing(target, await response.json());
  } catch {
    return false;
  }
}

/** Whether the server's word on its readiness names the part. A server in one piece names none. */
export function isMissing(target: string | undefined, ready: unknown): boolean {
  if (target === undefined || typeof ready !== "object" || ready === null || !("missing" in ready)) return false;
  return Array.isArray(ready.missing) && ready.missing.includes(target);
}
