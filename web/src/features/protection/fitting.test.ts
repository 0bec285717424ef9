import { expect, test } from "vitest";
import { fitting } from "./fitting";

const column = (name: string, of: string) => ({ name, type: "text", class: of });
const TABLES = [
  { name: "customer", holds: "", ofAStore: true, columns: [column("first_name", "NPI"), column("date_of_birth", "date of birth")] },
  { name: "person", holds: "", ofAStore: false, columns: [column("email", "staff"), column("customer_note", "NPI")] },
];

const names = (q: string, wanted: string) =>
  fitting(TABLES, q, wanted).map(({ name, columns }) => `${name}: ${columns.map((found) => found.name).join(" ")}`);

test("a table that fits is shown whole, another with what fits of it", () => {
  expect(names("", "")).toEqual(["customer: first_name date_of_birth", "person: email customer_note"]);
  expect(names(" Customer ", "")).toEqual(["customer: first_name date_of_birth", "person: customer_note"]);
  expect(names("birth", "")).toEqual(["customer: date_of_birth"]);
  expect(names("", "NPI")).toEqual(["customer: first_name", "person: customer_note"]);
  expect(names("birth", "staff")).toEqual([]);
});
