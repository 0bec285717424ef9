import { expect, test } from "vitest";
import { namesTyped } from "./customer-values";

test("one word is a last name, and names begin with a capital", () => {
  expect(namesTyped("rivera")).toEqual({ firstName: "", lastName: "Rivera" });
  expect(namesTyped(" ana  de la cruz ")).toEqual({ firstName: "Ana", lastName: "De La Cruz" });
  expect(namesTyped("O'Neil")).toEqual({ firstName: "", lastName: "O'Neil" });
  expect(namesTyped("")).toEqual({ firstName: "", lastName: "" });
});
