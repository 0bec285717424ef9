import { expect, test } from "vitest";
import { EventParser } from "./events";

test("events are cut out of whatever pieces arrive", () => {
  const parser = new EventParser();
  expect(parser.push(": hello\n\nevent: deal.cha")).toEqual([]);
  expect(parser.push('nged\ndata: {"dealId":"a",')).toEqual([]);
  expect(parser.push('"version":3}\n\nevent: deal.changed\r\ndata: {"dealId":"b"}\r\n\r\nda')).toEqual([
    { type: "deal.changed", data: { dealId: "a", version: 3 } },
    { type: "deal.changed", data: { dealId: "b" } },
  ]);
});

test("a block without data and a block that is no JSON are passed over", () => {
  const parser = new EventParser();
  expect(parser.push("event: ping\n\ndata: {oops\n\ndata: 1\n\n")).toEqual([{ type: "message", data: 1 }]);
});
