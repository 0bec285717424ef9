import { expect, test } from "vitest";
import { vehicleFaults, vehicleValues, vehicleWrite } from "./vehicle-values";

const typed = {
  ...vehicleValues(undefined, "2025-11-21"),
  stockNumber: "U4471",
  vin: "4s4btgud5s3100001",
  year: "2025",
  make: "Subaru",
  model: "Outback",
  odometer: "12,040",
  price: "$41,250",
};

test("what was typed goes out in the server's form, without what is empty", () => {
  expect(vehicleFaults(typed)).toEqual({});
  expect(vehicleWrite(typed)).toEqual({
    stockNumber: "U4471",
    vin: "4S4BTGUD5S3100001",
    condition: "used",
    year: 2025,
    make: "Subaru",
    model: "Outback",
    odometer: 12040,
    price: "41250.00",
    receivedOn: "2025-11-21",
  });
});

test("a fault stands at its field", () => {
  expect(vehicleFaults({ ...typed, vin: " ", price: "cheap", mpg: "-3" })).toEqual({
    vin: "invalid.required",
    price: "invalid.money",
    mpg: "invalid.count",
  });
});
