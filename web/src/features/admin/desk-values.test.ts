import { expect, test } from "vitest";
import { describeDesk, deskFaults, deskValues, deskWrite } from "./desk-values";

const stored = {
  docFee: "150.00",
  pack: "0.00",
  fees: [{ code: "plate", name: "Plate service", amount: "35.00", taxable: true }],
  financeTermMonths: 72,
  financeRate: "0.0649",
  leaseMoneyFactor: "0.00185",
  version: 4,
};

test("what is stored, shown and written back is the same", () => {
  const { version: _, ...write } = stored;
  const values = deskValues(stored);
  expect(values.financeRate).toBe("6.49");
  expect(values.leaseMoneyFactor).toBe(".00185");
  expect(deskFaults(values)).toEqual({});
  expect(deskWrite(values)).toEqual(write);
});

test("an emptied default is left out: nothing is invented for it", () => {
  expect(deskWrite({ ...deskValues(stored), financeRate: " " })).not.toHaveProperty("financeRate");
});

test("a fault stands at its field", () => {
  const values = { ...deskValues(stored), docFee: "lots", fees: [{ code: "", name: "Plate", amount: "", taxable: false }] };
  expect(deskFaults(values)).toEqual({
    "/docFee": "invalid.money",
    "/fees/0/code": "invalid.required",
    "/fees/0/amount": "invalid.money",
  });
});

test("in words a loan's term and a lease's are two lines", () => {
  const lines = describeDesk(deskValues({ ...stored, leaseTermMonths: 36 }));
  expect(lines).toMatchObject({ "Finance: Term, months": "72", "Lease: Term, months": "36" });
});
