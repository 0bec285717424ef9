import { describe, expect, it } from "vitest";
import { askedFor, patiently } from "./patience";

/** A server that answers with these, and a clock that only moves while somebody waits. */
function playedBy(...answers: Response[]) {
  const log = { now: 1_800_000_000_000, waits: [] as number[], sent: 0 };
  const clock = {
    now: () => log.now,
    random: () => 0,
    pause: (milliseconds: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      log.waits.push(milliseconds);
      log.now += milliseconds;
      return Promise.resolve();
    },
  };
  const send = () => {
    log.sent += 1;
    return Promise.resolve(answers.shift() ?? Response.error());
  };
  return { log, clock, send };
}

const refused = (after?: string) => new Response(null, { status: 429, ...(after !== undefined && { headers: { "Retry-After": after } }) });
const forever = new AbortController().signal;

describe("a request that came too often", () => {
  it("is sent again after the time the server asks for", async () => {
    const { log, clock, send } = playedBy(refused("2"), refused("1"), new Response("here"));
    const answer = await patiently(send, forever, clock);
    expect(await answer.text()).toBe("here");
    expect(log.waits).toEqual([2000, 1000]);
  });

  it("is shown as refused rather than held back for long", async () => {
    const { log, clock, send } = playedBy(refused("31"), new Response("here"));
    expect((await patiently(send, forever, clock)).status).toBe(429);
    expect(log.waits).toEqual([]);
    const often = playedBy(...Array.from({ length: 9 }, () => refused("10")));
    expect((await patiently(often.send, forever, often.clock)).status).toBe(429);
    expect(often.log.waits).toEqual([10_000, 10_000, 10_000]);
  });

  it("is not held back for any other answer", async () => {
    const { log, clock, send } = playedBy(new Response(null, { status: 503, headers: { "Retry-After": "2" } }));
    expect((await patiently(send, forever, clock)).status).toBe(503);
    expect(log.sent).toBe(1);
  });

  it("is not sent again once nobody wants the answer", async () => {
    const { log, clock, send } = playedBy(refused("1"), new Response("here"));
    const stopped = AbortSignal.abort(new Error("gone"));
    await expect(patiently(send, stopped, clock)).rejects.toThrow("gone");
    expect(log.sent).toBe(1);
  });

  it("may be told a date, or nothing", () => {
    const now = Date.parse("2026-11-21T08:00:00Z");
    expect(askedFor(refused("Sat, 21 Nov 2026 08:00:03 GMT"), now)).toBe(3000);
    expect(askedFor(refused("Sat, 21 Nov 2026 07:59:00 GMT"), now)).toBe(0);
    expect(askedFor(refused(), now)).toBe(1000);
  });
});
