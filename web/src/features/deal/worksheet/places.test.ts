import { expect, test } from "vitest";
import type { Deal, DealInput } from "@/api/types";
import { placesOf } from "./use-worksheet";

const input: DealInput = {
  dealDate: "2026-11-21",
  vehicle: { condition: "new" },
  dealerPlace: { state: "KS", zip: "66044" },
  buyerPlace: { state: "KS", zip: "66048-1234" },
  price: "41250.00",
  columns: [{ kind: "cash", id: "cash" }],
};
const customer = { place: { state: "KS", zip: "66048" }, street: "12 Elm St" } as Deal["customer"];

test("the customer's street goes with the place they live at", () => {
  expect(placesOf(input, { customer, dealerStreet: "200 Pike" })).toEqual({
    dealDate: "2026-11-21",
    dealerPlace: { state: "KS", zip: "66044", street: "200 Pike" },
    buyerPlace: { state: "KS", zip: "66048-1234", street: "12 Elm St" },
    garagingPlace: undefined,
  });
});

test("it goes with no other place", () => {
  const elsewhere = { ...input, buyerPlace: { state: "KS", zip: "66049" }, garagingPlace: { state: "MO", zip: "66048" } };
  const places = placesOf(elsewhere, { customer });
  expect(places.dealerPlace).toEqual(input.dealerPlace);
  expect(places.buyerPlace).toEqual({ state: "KS", zip: "66049" });
  expect(places.garagingPlace).toEqual({ state: "MO", zip: "66048" });
  expect(placesOf({ ...input, buyerPlace: { state: "KS" } }, { customer: { ...customer, place: { state: "KS" } } }).buyerPlace).toEqual({ state: "KS" });
});
