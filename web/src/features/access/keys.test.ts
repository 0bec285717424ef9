import { expect, test } from "vitest";
import { keyState, onlyReads, type ApiKey } from "./keys";

const NOON = Date.parse("2026-03-02T12:00:00Z");

function key(over: Partial<ApiKey>): ApiKey {
  return { id: "k", ownerId: "p", ownerName: "Ada", service: false, name: "n", scopes: [], createdAt: "2026-03-01T12:00:00Z", expiresAt: "2026-05-31T12:00:00Z", ...over };
}

test("a key is good until a week before its end", () => {
  expect(keyState(key({}), NOON)).toBe("good");
  expect(keyState(key({ expiresAt: "2026-03-09T12:00:01Z" }), NOON)).toBe("good");
  expect(keyState(key({ expiresAt: "2026-03-09T12:00:00Z" }), NOON)).toBe("soon");
  expect(keyState(key({ expiresAt: "2026-03-02T12:00:00Z" }), NOON)).toBe("expired");
  expect(keyState(key({ revokedAt: "2026-03-02T11:00:00Z" }), NOON)).toBe("revoked");
});

test("what only reads is told by its last word", () => {
  expect(["deal.read", "deal.cost.view", "deal.create", "user.set-role"].filter(onlyReads)).toEqual(["deal.read", "deal.cost.view"]);
});
