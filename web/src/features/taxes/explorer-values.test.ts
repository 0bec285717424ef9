import { expect, test } from "vitest";
import { electionsOf, questionOf, withElection } from "./explorer-values";

const TODAY = "2026-11-21";

test("a place and a price make a cash deal of today", () => {
  const { input, missing } = questionOf({ zip: "75204", state: "TX", price: "41,250" }, TODAY);
  expect(missing).toBeUndefined();
  expect(input).toMatchObject({ dealDate: TODAY, price: "41250.00", buyerPlace: { state: "TX", zip: "75204" }, columns: [{ kind: "cash" }] });
  expect(input?.dealerPlace).toEqual(input?.buyerPlace);
});

test("what is missing is named in the order in which it is typed", () => {
  expect(questionOf({}, TODAY).missing).toBe("taxes.missing.place");
  expect(questionOf({ state: "TX" }, TODAY).missing).toBe("taxes.missing.price");
  expect(questionOf({ state: "TX", price: "1", kind: "lease", term: "36" }, TODAY).missing).toBe("taxes.missing.terms");
});

test("a lease carries its terms as they were typed", () => {
  const { input } = questionOf({ state: "NY", price: "40000", kind: "lease", term: "36", factor: ".00185", residual: "23,000" }, TODAY);
  expect(input?.columns).toEqual([{ kind: "lease", id: "deal", moneyFactor: "0.00185", termMonths: 36, residual: { amount: "23000.00" } }]);
});

test("a fault stands at its field and nothing is computed", () => {
  const { input, faults } = questionOf({ state: "TX", price: "40000", allowance: "lots", mpg: "many", gap: "-5" }, TODAY);
  expect(input).toBeUndefined();
  expect(faults).toEqual({ allowance: "invalid.money", mpg: "invalid.count", gap: "invalid.money" });
});

test("choices survive the address", () => {
  const choices = withElection(withElection(undefined, "method", "upfront"), "basis", "price");
  expect(electionsOf(choices)).toEqual({ method: "upfront", basis: "price" });
  expect(electionsOf(withElection(choices, "basis", ""))).toEqual({ method: "upfront" });
});
