import { expect, test } from "vitest";
import { deepEqual, shallowEqual } from "./equal";

test("JSON values are equal whatever the order of their members", () => {
  expect(deepEqual({ a: 1, b: [{ c: "x" }] }, { b: [{ c: "x" }], a: 1 })).toBe(true);
  expect(deepEqual({ a: 1 }, { a: 1, b: undefined })).toBe(true);
  expect(deepEqual({ a: 1, b: undefined }, { a: 1 })).toBe(true);
});

test("a value, a length, a member and a null tell two apart", () => {
  expect(deepEqual({ a: "1" }, { a: 1 })).toBe(false);
  expect(deepEqual([1, 2], [1, 2, 3])).toBe(false);
  expect(deepEqual([1, 2, 3], [1, 2])).toBe(false);
  expect(deepEqual({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  expect(deepEqual({ a: null }, { a: {} })).toBe(false);
  expect(deepEqual([], {})).toBe(false);
});

test("shallowly, members are the very same", () => {
  const shared = { c: 1 };
  expect(shallowEqual({ a: 1, b: shared }, { a: 1, b: shared })).toBe(true);
  expect(shallowEqual({ b: { c: 1 } }, { b: { c: 1 } })).toBe(false);
});
