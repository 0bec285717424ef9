import { expect, test } from "vitest";
import { findable, inCommon } from "./known";

test("beginnings are not looked for", () => {
  expect(findable({ phone: "", email: "" })).toBeUndefined();
  expect(findable({ phone: "214 555", email: "ben@example" })).toBeUndefined();
  expect(findable({ phone: "none", email: "not an address" })).toBeUndefined();
});

test("a whole number or address is, without the unfinished other one", () => {
  expect(findable({ phone: "(214) 555-0119", email: "ben@" })).toEqual({ phone: "(214) 555-0119" });
  expect(findable({ phone: "1 214 555 0119", email: "" })).toEqual({ phone: "1 214 555 0119" });
  expect(findable({ phone: "+44 20 7946 0958", email: " ben@example.com " })).toEqual({ phone: "+44 20 7946 0958", email: "ben@example.com" });
});

test("what is the same is named", () => {
  expect(inCommon({ matched: ["phone"] })).toBe("customer.known.phone");
  expect(inCommon({ matched: ["email"] })).toBe("customer.known.email");
  expect(inCommon({ matched: ["phone", "email"] })).toBe("customer.known.both");
});
