// Sensitive acts ask for a recent proof of who one is. The server refuses them with `confirmation-required`; whoever sent
// the request waits here until the person has proved it, and the request is sent once more.
import { useSyncExternalStore } from "react";

interface Asked {
  answered: Promise<boolean>;
  answer: (confirmed: boolean) => void;
}

let asked: Asked | undefined;
const listeners = new Set<() => void>();

function change(next: Asked | undefined) {
  asked = next;
  for (const listener of listeners) listener();
}

/** Whether the person has confirmed that it is them. Several requests share one question. */
export function askForConfirmation(): Promise<boolean> {
  if (asked === undefined) {
    let resolve: (confirmed: boolean) => void = () => undefined;
    const answered = new Promise<boolean>((found) => {
      resolve = found;
    });
    const answer = (confirmed: boolean) => {
      change(undefined);
      resolve(confirmed);
    };
    change({ answered, answer });
    return answered;
  }
  return asked.answered;
}

/** How to answer, while somebody waits. */
export function useConfirmation(): ((confirmed: boolean) => void) | undefined {
  return useSyncExternalStore(subscribe, () => asked)?.answer;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Why an answer refuses; nothing where it is no refusal. */
export async function refusal(response: Response): Promise<unknown> {
  if (response.status !== 403) return undefined;
  const body: unknown = await response.clone().json().catch(() => undefined);
  return typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
}
