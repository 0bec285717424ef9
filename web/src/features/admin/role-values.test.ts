import { describe, expect, it } from "vitest";
import type { CustomRole, RoleWithPermissions } from "@/api/types";
import { changesOf, inherited, withChange } from "./role-values";

const predefined: RoleWithPermissions[] = [{ role: "salesperson", permissions: [{ id: "deal.read", reach: "own" }] }];
const senior: CustomRole = {
  id: "s",
  name: "Senior",
  base: "salesperson",
  changes: { "deal.read": "store" },
  permissions: [{ id: "deal.read", reach: "store" }],
  people: 0,
  version: 1,
};

describe("a role's beginning", () => {
  it("is what the predefined role or the store's own has", () => {
    expect(inherited({ role: "salesperson" }, predefined, [senior])("deal.read")).toBe("own");
    expect(inherited({ customRole: "s" }, predefined, [senior])("deal.read")).toBe("store");
    expect(inherited({ customRole: "s" }, predefined, [senior])("audit.read")).toBe("none");
  });

  it("reads every reach that a role can have", () => {
    const lead = { ...senior, id: "l", permissions: [{ id: "deal.read", reach: "team" as const }], changes: { "deal.read": "team" } };
    expect(inherited({ customRole: "l" }, predefined, [lead])("deal.read")).toBe("team");
    expect(changesOf(lead)).toEqual({ "deal.read": "team" });
  });

  it("stays where a change is taken back", () => {
    const changes = withChange({}, "deal.read", "store");
    expect(changes).toEqual({ "deal.read": "store" });
    expect(withChange(changes, "deal.read", "")).toEqual({});
  });
});
