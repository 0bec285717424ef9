// Which build of the client this page is of, and whether the server has a newer one by now.
import { useSyncExternalStore } from "react";

let registration: ServiceWorkerRegistration | undefined;
let newer = false;
const listeners = new Set<() => void>();

/** Keeps the client's files on this device, once the page has what it needs itself. `entry`: the page's own script. */
export function keepClient(entry: string) {
  // A browser without service workers, or a page that is not served securely: the product works, but not without a network.
  if (!("serviceWorker" in navigator)) return;
  const { pathname } = new URL(entry, location.href);
  navigator.serviceWorker.addEventListener("message", (event: MessageEvent<{ newBuild?: boolean }>) => {
    if (event.data.newBuild === true) tell();
  });
  const begin = async () => {
    registration = await navigator.serviceWorker.register("/sw.js");
    const greet = (worker: ServiceWorker | null) => {
      // The very first one has nobody to take over from.
      if (navigator.serviceWorker.controller !== null) worker?.postMessage({ entry: pathname });
    };
    greet(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration?.installing;
      worker?.addEventListener("statechange", () => worker.state === "installed" && greet(worker));
    });
  };
  const later = () => void begin().catch(() => undefined);
  if (document.readyState === "complete") later();
  else window.addEventListener("load", later, { once: true });
}

/** Asks the server for a newer build: after it was away, which is when it may have been replaced. */
export function lookForNewBuild() {
  void registration?.update().catch(() => undefined);
}

function tell() {
  newer = true;
  for (const listener of listeners) listener();
}

export function useNewBuild(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => newer,
  );
}

/** Goes on with the newer build. */
export function takeNewBuild() {
  const { serviceWorker } = navigator;
  const reload = () => location.reload();
  if (registration?.waiting == null) return reload();
  serviceWorker.addEventListener("controllerchange", reload, { once: true });
  registration.waiting.postMessage({ takeOver: true });
}
