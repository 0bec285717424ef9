import { expect, test } from "vitest";
import { isPossible, offeredActions, reasonAgainst } from "./offered-actions";

const actions = [
  { action: "pencil", allowed: true, reasonRequired: false },
  { action: "submit", allowed: true, reasonRequired: false },
  { action: "cancel", allowed: true, reasonRequired: true },
  { action: "approve", allowed: false, why: "A manager approves.", reasonRequired: false },
] as const;
const possible = (situation: Parameters<typeof offeredActions>[1]) =>
  offeredActions({ actions: [...actions] }, situation).filter(isPossible).map(({ action }) => action);

test("unsaved typing is saved before the pencil is submitted", () => {
  expect(possible({ changed: false, mistaken: false, ready: true })).toEqual(["pencil", "submit", "cancel"]);
  expect(possible({ changed: true, mistaken: false, ready: true })).toEqual(["pencil", "cancel"]);
});

test("nothing is saved while something is wrong, or while no column can be computed", () => {
  expect(possible({ changed: true, mistaken: true, ready: true })).toEqual(["cancel"]);
  expect(possible({ changed: true, mistaken: false, ready: false })).toEqual(["cancel"]);
});

test("what cannot be done says why", () => {
  const approve = offeredActions({ actions: [...actions] }, { changed: false, mistaken: false, ready: true })[3];
  expect(approve && reasonAgainst(approve)).toBe("A manager approves.");
});
