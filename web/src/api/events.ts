// Live updates: server-sent events over fetch, because the token belongs in a header and not in the address.
import { useSyncExternalStore } from "react";
import { authorizedFetch } from "./client";

export interface ServerEvent {
  type: string;
  data: unknown;
}

export type Connection = "connecting" | "open" | "reconnecting";

/** Cuts a stream of text into events. Fields other than `event` and `data` are not used here. */
export class EventParser {
  #rest = "";

  push(chunk: string): ServerEvent[] {
    const blocks = (this.#rest + chunk).replaceAll("\r\n", "\n").split("\n\n");
    this.#rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => parseBlock(block) ?? []);
  }
}

function parseBlock(block: string): ServerEvent | undefined {
  let type = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) type = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  if (data.length === 0) return undefined;
  try {
    return { type, data: JSON.parse(data.join("\n")) as unknown };
  } catch {
    return undefined;
  }
}

let connection: Connection = "connecting";
const listeners = new Set<() => void>();

function setConnection(next: Connection) {
  if (next === connection) return;
  connection = next;
  for (const listener of listeners) listener();
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connection,
  );
}

/** Listens until the signal aborts. `onGap` is called after a reconnection: what happened meanwhile was not heard. */
export async function listen(onEvent: (event: ServerEvent) => void, onGap: () => void, signal: AbortSignal) {
  setConnection("connecting");
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      const response = await authorizedFetch(
        new Request("/api/v1/events", { headers: { Accept: "text/event-stream" }, signal }),
      );
      if (response.ok && response.body !== null) {
        if (attempt > 0) onGap();
        attempt = 0;
        setConnection("open");
        await drain(response.body, onEvent);
      } else if (response.status === 401 || response.status === 403) {
        return;
      }
    } catch {
      // The loop tries again; the badge says so meanwhile.
    }
    if (signal.aborted) return;
    setConnection("reconnecting");
    await pause(Math.min(10_000, 500 * 2 ** attempt) * (0.75 + Math.random() / 2), signal);
  }
}

async function drain(body: ReadableStream<Uint8Array<ArrayBuffer>>, onEvent: (event: ServerEvent) => void) {
  const parser = new EventParser();
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const event of parser.push(value)) onEvent(event);
  }
}

/** Waits, but not longer than until the network is back. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    window.addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}
