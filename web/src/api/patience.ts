// What to do when the server says "too often": wait as long as it asks, and send the same request again. A request that
// is refused for that reason was not looked at, so that sending it again is sending it once.
import { useSyncExternalStore } from "react";

/** The longest that one request waits in all; then its refusal is shown. */
const LONGEST = 30_000;
/** Where the server does not say how long. */
const UNSAID = 1000;
/** Several requests refused together do not come back together. */
const SPREAD = 400;
/** A pause this short is not worth a word. */
const WORTH_A_WORD = 1500;

interface Clock {
  now: () => number;
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  random: () => number;
}

const CLOCK: Clock = { now: () => Date.now(), pause, random: () => Math.random() };

/** The server's answer, after as many pauses as it asks for. */
export async function patiently(send: () => Promise<Response>, signal: AbortSignal, clock: Clock = CLOCK): Promise<Response> {
  const begun = clock.now();
  for (;;) {
    const response = await send();
    if (response.status !== 429) return response;
    const wait = askedFor(response, clock.now()) + clock.random() * SPREAD;
    if (clock.now() + wait - begun > LONGEST) return response;
    await waiting(clock.pause(wait, signal));
  }
}

/** `Retry-After` in milliseconds: seconds, or the date at which to come back. */
export function askedFor(response: Response, now: number): number {
  const said = response.headers.get("Retry-After")?.trim() ?? "";
  if (/^\d+$/.test(said)) return Number(said) * 1000;
  const at = Date.parse(said);
  return Number.isNaN(at) ? UNSAID : Math.max(0, at - now);
}

let held = 0;
let told = false;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function tell(next: boolean) {
  if (next === told) return;
  told = next;
  for (const listener of listeners) listener();
}

/** Counts what waits, so that a long wait can be said. */
async function waiting(over: Promise<void>) {
  held += 1;
  timer ??= setTimeout(() => tell(true), WORTH_A_WORD);
  try {
    await over;
  } finally {
    held -= 1;
    // Sent again at once; if that was refused too, the next pause begins before this is looked at.
    setTimeout(rest, 500);
  }
}

function rest() {
  if (held > 0) return;
  clearTimeout(timer);
  timer = undefined;
  tell(false);
}

/** Whether requests have been held back for long enough to say so. */
export function useHeldBack(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => told,
  );
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(end);
      reject(signal.reason instanceof Error ? signal.reason : new DOMException("stopped", "AbortError"));
    };
    const end = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
