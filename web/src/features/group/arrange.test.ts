import { describe, expect, it } from "vitest";
import type { Rooftop } from "@/api/types";
import "./texts";
import { arrange } from "./arrange";
import { cellText, columnsOf, duration } from "./columns";

function store(name: string, part: Partial<Rooftop> = {}): Rooftop {
  return {
    id: `0198-${name}`,
    name,
    timeZone: "America/Chicago",
    place: { state: "TX", city: "Dallas" },
    demo: false,
    differs: [],
    people: { active: 5, waiting: 0, withoutFactor: 0, locked: 0 },
    deals: { open: 0, closedThisMonth: 0 },
    unitsInStock: 0,
    compliance: { openIncidents: 0, accessReviewedOn: "2026-02-20", daysSinceAccessReview: 10 },
    ...part,
  };
}

const cedar = store("Cedar", { deals: { open: 9, closedThisMonth: 1 }, differs: ["docFee"] });
const alder = store("Alder", { deals: { open: 2, closedThisMonth: 7 }, compliance: { openIncidents: 0 } });
const birch = store("Birch", { deals: { open: 2, closedThisMonth: 0 }, place: { state: "TN", city: "Knoxville" }, timeZone: "America/New_York" });
const all = [cedar, alder, birch];

const names = (rows: Rooftop[]) => rows.map(({ name }) => name);

describe("the group's table", () => {
  it("stands in the order of the names unless another is asked for", () => {
    expect(names(arrange(all, {}))).toEqual(["Alder", "Birch", "Cedar"]);
    expect(names(arrange(all, { sort: "open" }))).toEqual(["Alder", "Birch", "Cedar"]);
    expect(names(arrange(all, { sort: "open", down: true }))).toEqual(["Cedar", "Birch", "Alder"]);
    expect(names(arrange(all, { sort: "closed", down: true }))).toEqual(["Alder", "Cedar", "Birch"]);
    // What was never reviewed is the oldest.
    expect(names(arrange(all, { sort: "review", down: true }))).toEqual(["Alder", "Cedar", "Birch"]);
    // A column that the role does not see puts nothing in order.
    expect(names(arrange(all, { sort: "docFee", down: true }))).toEqual(["Cedar", "Birch", "Alder"]);
  });

  it("is narrowed by name, place and what asks for somebody", () => {
    expect(names(arrange(all, { q: "knox" }))).toEqual(["Birch"]);
    expect(names(arrange(all, { q: "tx" }))).toEqual(["Alder", "Cedar"]);
    expect(names(arrange(all, { show: "attention" }))).toEqual(["Alder"]);
    expect(names(arrange(all, { show: "differs" }))).toEqual(["Cedar"]);
  });

  it("has the columns that the role sees, in words", () => {
    const keys = columnsOf(all).map(({ key }) => key);
    expect(keys).toEqual(["active", "waiting", "withoutFactor", "locked", "open", "closed", "units", "review", "incidents"]);
    const review = columnsOf(all).find(({ key }) => key === "review");
    expect(review && all.map((row) => cellText(review, row))).toEqual(["10 days ago", "never", "10 days ago"]);
    expect([90, 720, 10_080].map(duration)).toEqual(["90 min", "12 h", "7 d"]);
  });
});
