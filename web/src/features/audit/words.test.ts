import { describe, expect, test } from "vitest";
import { addTexts } from "@/i18n/text";
import { audit } from "@/i18n/en/audit";
import { actionName, thingName } from "./words";

describe("words of the trail", () => {
  test("an action reads as what was done, whatever else has its name", () => {
    addTexts(audit);
    expect(actionName("audit.exported")).toBe("Exported");
    expect(actionName("session.signed_in")).toBe("Signed in");
    expect(thingName("rate_import")).toBe("Rate import");
  });
});
