import "./texts";
import { expect, test } from "vitest";
import { differences } from "./differences";

test("only what differs is shown, with nothing where a side has no value", () => {
  const before = { docFee: "149.00", pack: "500.00", fees: [{ code: "etch", amount: "99.00" }] };
  const after = { docFee: "150.00", pack: "500.00", fees: [], annualMiles: 12000 };
  expect(differences(before, after)).toEqual([
    { key: "docFee", name: "Doc fee", before: "149.00", after: "150.00", hidden: false },
    { key: "fees.1.code", name: "Fees 1 code", before: "etch", after: "—", hidden: false },
    { key: "fees.1.amount", name: "Fees 1 amount", before: "99.00", after: "—", hidden: false },
    { key: "annualMiles", name: "Annual miles", before: "—", after: "12000", hidden: false },
  ]);
});

test("encrypted values are named and never compared", () => {
  const before = { fields: ["phone"], sealed: "AAAA" };
  const after = { fields: ["phone", "email"], sealed: "BBBB" };
  expect(differences(before, after)).toEqual([
    { key: "phone", name: "Phone", before: "encrypted", after: "encrypted", hidden: true },
    { key: "email", name: "Email", before: "—", after: "encrypted", hidden: true },
  ]);
});

test("an act without a change has no differences", () => {
  expect(differences(undefined, undefined)).toEqual([]);
  expect(differences({ a: 1 }, { a: 1 })).toEqual([]);
});
