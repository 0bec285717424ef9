import { expect, test } from "vitest";
import type { VinDecode } from "@/api/types";
import { completeVin, vinDifferences, vinFacts } from "./vin-facts";

const decode: VinDecode = {
  vin: "4S4BTACC0N3100001",
  checkDigit: { valid: true, expected: "0", found: "0" },
  country: "United States",
  manufacturer: "Subaru of Indiana Automotive",
  makes: ["Subaru"],
  modelYears: [2022],
  plantCode: "3",
  serial: "100001",
  source: "49 CFR 565.15",
  unknown: ["model"],
};

test("a VIN is asked about once it is complete", () => {
  expect(completeVin("4s4btacc0n310000")).toBeUndefined();
  expect(completeVin(" 4s4btacc0n3100001 ")).toBe("4S4BTACC0N3100001");
});

test("who built it and when, as far as the VIN tells", () => {
  expect(vinFacts(decode)).toBe("Subaru of Indiana Automotive, 2022");
  expect(vinFacts({ ...decode, manufacturer: null, modelYears: [2026, 1996] })).toBe("United States, 2026 or 1996");
});

test("only what is typed and known can differ", () => {
  expect(vinDifferences(decode, { year: "", make: "" })).toEqual([]);
  expect(vinDifferences(decode, { year: "202", make: "SUBARU" })).toEqual([]);
  expect(vinDifferences({ ...decode, makes: ["Mercedes-Benz"] }, { year: "2022", make: "mercedes benz" })).toEqual([]);
  expect(vinDifferences({ ...decode, makes: [] }, { year: "2022", make: "Lotus" })).toEqual([]);
  expect(vinDifferences(decode, { year: "2021", make: "Honda" })).toEqual([
    { field: "year", entered: "2021", decoded: "2022" },
    { field: "make", entered: "Honda", decoded: "Subaru" },
  ]);
});
