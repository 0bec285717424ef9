// The service worker: keeps the client's own files of one build, so that the product opens without a network and says so.
// It never sees what the server knows: requests of the API pass it by, and no answer of theirs is kept.

/** Put in by the build: its files, and a digest of them. */
declare const FILES: readonly string[];
declare const BUILD: string;

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const KEPT: ReadonlySet<string> = new Set(FILES);

const PREFIX = "shell-";
const OWN = `${PREFIX}${BUILD}`;
/** The page that every address of the client begins with. */
const PAGE = "/";
/** A network that is there but does not answer is none. */
const PATIENCE = 6000;
/** Addresses of the server that are no pages of the client. */
const SERVER = /^\/(api|problems|live|ready|metrics)(\/|$)/;

worker.addEventListener("install", (event) => {
  event.waitUntil(keepFiles());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin || SERVER.test(url.pathname)) return;
  if (request.mode === "navigate") event.respondWith(newestPage(request));
  else if (KEPT.has(url.pathname) || url.pathname.startsWith("/assets/")) event.respondWith(keptFirst(request));
});

/** A page tells which build it is of. Its own may take over at once; another one is told to the reader first. */
worker.addEventListener("message", (event) => {
  const said = event.data as { entry?: string; takeOver?: boolean };
  if (said.takeOver === true || (said.entry !== undefined && KEPT.has(said.entry))) void worker.skipWaiting();
  else event.source?.postMessage({ newBuild: true });
});

async function keepFiles() {
  const cache = await caches.open(OWN);
  // Names under `assets` carry a digest of their contents; the others are asked for anew.
  const requests = [...KEPT].map((path) => new Request(path, path.startsWith("/assets/") ? {} : { cache: "reload" }));
  await cache.addAll(requests);
}

/** Drops all builds but this one and the one before: a page that is still open may yet need a part of that. */
async function takeOver() {
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== OWN);
  await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** Pages come from the server, so that a new build is seen at the next visit; the kept one only where there is no network. */
async function newestPage(request: Request): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await fetch(request, { signal: stop.signal });
  } catch {
    const kept = await caches.open(OWN).then((cache) => cache.match(PAGE));
    return kept ?? Response.error();
  } finally {
    clearTimeout(timer);
  }
}

async function keptFirst(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}
