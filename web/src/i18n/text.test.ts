import { expect, test } from "vitest";
import { plural, t, textOf } from "./text";

test("values fill their places and nothing else", () => {
  expect(t("deal.pencilNumber", { number: 3 })).toBe("pencil 3");
  expect(t("deal.pencilNumber")).toBe("pencil {number}");
});

test("a count chooses its form", () => {
  expect(plural("age.day", 1)).toBe("1 day");
  expect(plural("age.day", 3)).toBe("3 days");
});

test("a key from the wire that has no text yet is made readable", () => {
  expect(textOf("figure.amountFinanced")).toBe("Amount financed");
  expect(textOf("figure.someNewFigure")).toBe("Some new figure");
});
