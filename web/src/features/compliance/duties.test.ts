import { describe, expect, test } from "vitest";
import type { ComplianceDesk } from "@/api/types";
import { addTexts } from "@/i18n/text";
import { compliance } from "@/i18n/en/compliance";
import { duties } from "./duties";

addTexts(compliance);

function desk(customers: number): ComplianceDesk {
  return {
    customers,
    signOffs: [],
    changedSinceReview: 0,
    secondFactors: { with: 1, without: [] },
    members: [],
    encryption: { keysOpen: true, masterKeys: ["k1"] },
    retention: { schedule: {}, due: 0, held: 0 },
    log: { entries: 0, protectedViews: 0, exports: 0, sealed: 0 },
    vendors: [],
    incidents: [],
  } as unknown as ComplianceDesk;
}

function states(customers: number): Record<string, string> {
  return Object.fromEntries(duties(desk(customers), Date.UTC(2026, 10, 21), "America/Chicago").map(({ key, state }) => [key, state]));
}

describe("duties of the Safeguards Rule", () => {
  // 16 CFR 314.6: 314.4(b)(1), (d)(2), (h) and (i) do not apply below five thousand consumers.
  const SPARED = ["risk_assessment", "penetration_test", "vulnerability_scan", "incident_plan", "board_report"];

  test("a small store is spared what the rule spares it, and nothing else", () => {
    const small = states(4_999);
    expect(Object.keys(small).filter((key) => small[key] === "spared")).toEqual(SPARED);
    expect(small["qualified_individual"]).toBe("missing");
    expect(small["training"]).toBe("missing");
  });

  test("from five thousand consumers on every duty binds", () => {
    const large = states(5_000);
    expect(SPARED.map((key) => large[key])).toEqual(SPARED.map(() => "missing"));
  });
});
