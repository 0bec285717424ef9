import { expect, test } from "vitest";
import { valuesOf, writeOf, type SingleSignOn } from "./values";

const OWN = "01890000-0000-7000-8000-000000000001";

const CONNECTION = {
  issuer: "https://login.example",
  clientId: "desk",
  hosts: ["dealer.example", "cars.example"],
  roleClaim: "groups",
  roleRules: [{ value: "sales", gives: { role: "salesperson" as const } }, { value: "lot", gives: { customRole: OWN } }],
  passwords: false,
  active: true,
};

const SAVED: SingleSignOn = {
  redirectUri: "https://desk.example/sign-in/return",
  version: 3,
  connection: { ...CONNECTION, hasSecret: true },
};

test("what was read is written as it was, and the secret stays", () => {
  expect(writeOf(valuesOf(SAVED))).toEqual(CONNECTION);
});

test("a secret is set, or removed, where somebody says so", () => {
  const values = valuesOf(SAVED);
  expect(writeOf({ ...values, secret: "new" }).clientSecret).toBe("new");
  expect(writeOf({ ...values, removeSecret: true }).clientSecret).toBe("");
});

test("hosts are read however they are separated", () => {
  expect(writeOf({ ...valuesOf(undefined), hosts: " a.example,b.example\nc.example; " }).hosts).toEqual(["a.example", "b.example", "c.example"]);
});
