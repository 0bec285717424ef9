import { expect, test } from "vitest";
import { taxValues, taxWrite, withChoice } from "./tax-settings-values";

const stored = { docFee: "150.00", pack: "500.00", fees: [], financeRate: "0.0649", version: 4 };

test("what another page edits is written back as it was read", () => {
  const write = taxWrite(stored, { ...taxValues(stored), docFee: "85", place: { state: "NM", county: "", city: "", zip: "87102" } });
  expect(write).toEqual({ docFee: "85.00", pack: "500.00", fees: [], financeRate: "0.0649", elections: {}, registrationPlace: { state: "NM", zip: "87102" } });
});

test("an emptied place is left out", () => {
  const placed = { ...stored, registrationPlace: { state: "NM" } };
  expect(taxWrite(placed, { ...taxValues(placed), place: { state: "", county: "", city: "", zip: "" } })).not.toHaveProperty("registrationPlace");
});

test("a choice taken back leaves nothing behind", () => {
  const made = withChoice({}, "NY", "method", "upfront");
  expect(made).toEqual({ NY: { method: "upfront" } });
  expect(withChoice(made, "NY", "method", "")).toEqual({});
});
