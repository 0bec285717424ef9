import { expect, test } from "vitest";
import { returned } from "./company-return";

test("what the provider added is read letter for letter, and a refusal is none", () => {
  expect(returned("?code=0123456789012345678901&state=a%2Fb&iss=https%3A%2F%2Fidp.example")).toEqual({ code: "0123456789012345678901", state: "a/b", iss: "https://idp.example" });
  expect(returned("?code=c&state=s")).toEqual({ code: "c", state: "s" });
  expect(returned("?error=access_denied&state=s")).toBeUndefined();
  expect(returned("")).toBeUndefined();
});
