import { expect, test } from "vitest";
import { isSingleKey, matches, spoken, written, type KeyPress } from "./shortcut";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test("Mod is Ctrl, and Command on a Mac, never both", () => {
  expect(matches(press("k", { ctrlKey: true }), "Mod+K", false)).toBe(true);
  expect(matches(press("k", { metaKey: true }), "Mod+K", true)).toBe(true);
  expect(matches(press("k", { metaKey: true }), "Mod+K", false)).toBe(false);
  expect(matches(press("k", { ctrlKey: true }), "Mod+K", true)).toBe(false);
  expect(matches(press("k", { ctrlKey: true, metaKey: true }), "Mod+K", true)).toBe(false);
});

test("a single key is not meant when a modifier is held", () => {
  expect(matches(press("n"), "n", false)).toBe(true);
  expect(matches(press("n", { ctrlKey: true }), "n", false)).toBe(false);
  expect(matches(press("n", { altKey: true }), "n", false)).toBe(false);
  expect(matches(press("N", { shiftKey: true }), "n", false)).toBe(false);
});

test("the shift that a sign needs is part of the sign", () => {
  expect(matches(press("?", { shiftKey: true }), "?", false)).toBe(true);
  expect(matches(press("?"), "?", false)).toBe(true);
  expect(matches(press("F1"), "F1", false)).toBe(true);
  expect(matches(press("F1", { shiftKey: true }), "F1", false)).toBe(false);
});

test("only printable characters can be switched off", () => {
  expect(["j", "?", "/"].every(isSingleKey)).toBe(true);
  expect(["F1", "Mod+K", "Enter", "Escape"].some(isSingleKey)).toBe(false);
});

test("hints read as the machine's own", () => {
  expect(written("Mod+K", true)).toBe("⌘K");
  expect(written("Mod+Enter", false)).toBe("Ctrl Enter");
  expect(written("j", false)).toBe("J");
  expect(written("Escape", false)).toBe("Esc");
  expect(spoken("Mod+K", false)).toBe("Control+K");
});
