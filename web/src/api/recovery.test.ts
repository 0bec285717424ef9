import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isMissing, whenBack } from "./recovery";

let network = new EventTarget();

beforeEach(() => {
  vi.useFakeTimers();
  network = new EventTarget();
  vi.stubGlobal("window", network);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a part is missing when the server names it", () => {
  expect(isMissing("deals", { status: "ready", missing: ["deals"] })).toBe(true);
  expect(isMissing("deals", { status: "ready", missing: ["customers"] })).toBe(false);
  expect(isMissing(undefined, { status: "ready", missing: ["customers"] })).toBe(false);
  expect(isMissing("deals", { status: "ready" })).toBe(false);
});

test("it waits through silence and refusals until the part is back, and asks no more after that", async () => {
  const answers = [
    () => Promise.reject(new TypeError("no connection")),
    () => Promise.resolve(new Response(JSON.stringify({ missing: ["deals"] }), { status: 503 })),
    () => Promise.resolve(Response.json({ missing: ["deals"] })),
    () => Promise.resolve(Response.json({ missing: [] })),
  ];
  const asked = vi.fn<() => Promise<Response>>(() => answers.shift()?.() ?? Promise.reject(new Error("asked once more")));
  vi.stubGlobal("fetch", asked);
  const back = vi.fn<() => void>();
  whenBack("deals", back);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(back).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(back).toHaveBeenCalledTimes(1);
  expect(asked).toHaveBeenCalledTimes(4);
});

test("who stops waiting is not called", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ status: "ready" })));
  const back = vi.fn<() => void>();
  const stop = whenBack(undefined, back);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(back).not.toHaveBeenCalled();
});

test("it looks at once when the network returns", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ status: "ready" })));
  const back = vi.fn<() => void>();
  whenBack(undefined, back);
  network.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(1);
  expect(back).toHaveBeenCalledTimes(1);
});
