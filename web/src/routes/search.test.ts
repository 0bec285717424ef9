import { expect, test } from "vitest";
import { desk, inventory, signIn } from "./search";

test("the way back after signing in stays inside the product", () => {
  expect(signIn({ next: "/deals/1?x=2" })).toEqual({ next: "/deals/1?x=2" });
  for (const next of ["https://example.com", "//example.com", "/\\example.com", "javascript:alert(1)", 7]) {
    expect(signIn({ next })).toEqual({ next: undefined });
  }
});

test("what an address does not know is dropped", () => {
  expect(desk({ q: 4471, state: "lost" })).toEqual({ q: "4471", state: undefined });
  expect(inventory({ q: "", condition: "used", status: "inStock" })).toEqual({ q: undefined, condition: "used", status: "inStock" });
});
