import { startDeal } from "../support/deals";
import { expect, expectAccessible, test } from "../support/test";

test("a note goes into the history with its pencil, and only with that one", async ({ as }) => {
  const page = await as("salesperson");
  await startDeal(page, { search: "donovan", name: "Claire Donovan" }, "N2602");
  await page.keyboard.press("Escape");
  await page.keyboard.press("m");
  const note = page.getByLabel("Note for the history");
  await expect(note).toBeFocused();
  await page.keyboard.type("Her father decides with her");
  await page.keyboard.press("F1");
  await expect(page.getByText("pencil 1", { exact: true }).first()).toBeVisible();
  await expect(note).toHaveValue("");

  await page.getByRole("textbox", { name: /^Cash down/ }).fill("2,500");
  await page.keyboard.press("F1");
  await expect(page.getByText("pencil 2", { exact: true }).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("h");
  const pencils = page.getByRole("region", { name: "Pencils" });
  await expect(pencils.getByRole("listitem")).toHaveCount(2);
  await expect(pencils.getByText("“Her father decides with her”")).toHaveCount(1);
  await expectAccessible(page);
});
