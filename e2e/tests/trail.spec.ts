import { readFileSync } from "node:fs";
import { expect, expectAccessible, test } from "../support/test";

test("a change is found in the trail with before and after, by keyboard, and taken out as a file", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/admin/desk");
  const pack = page.getByLabel("Pack");
  const before = await pack.inputValue();
  const after = before === "431.00" ? "432.00" : "431.00";
  await pack.fill(after);
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(page.getByText("✓ Saved")).toBeVisible();

  await page.goto("/admin/audit");
  await page.getByLabel("Action").selectOption({ label: "Desk changed" });
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const details = page.getByRole("region", { name: /^Details of Desk changed/ });
  await expect(details.getByRole("row", { name: `Pack ${before === "" ? "—" : before} ${after}` })).toBeVisible();
  await expectAccessible(page);
  await details.getByRole("button", { name: "Everything about it" }).click();
  await expect(page.getByRole("button", { name: /^Only one dealership/i })).toBeVisible();

  const waiting = page.waitForEvent("download");
  await page.keyboard.press("e");
  const file = readFileSync(await (await waiting).path(), "utf8");
  expect(file.split("\n")[0]).toContain("at,who,role,action,thing");
  expect(file).toContain("settings.desk_changed");
});

test("a revealed date of birth stands in the trail with its reason", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/customers/new");
  await page.getByLabel("First name").fill("Odalys");
  await page.getByLabel("Last name").fill("Quenneville");
  await page.getByLabel("Date of birth").fill("1981-04-17");
  await page.getByRole("button", { name: /^Create the customer/ }).click();
  await page.getByRole("button", { name: "Reveal the date of birth" }).click();
  await page.getByLabel("Why do you need to see it?").fill("to compare with the licence");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Shown for a minute.").first()).toBeVisible();

  await page.goto("/admin/audit?action=customer.protected_viewed");
  await expect(page.getByRole("row", { name: /Protected viewed.*to compare with the licence/ }).first()).toBeVisible();
});

test("the data map is searched by class", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/admin/data-map");
  await page.getByLabel("Class").selectOption({ label: "date of birth (1)" });
  await expect(page.getByRole("row", { name: /date_of_birth .*date of birth.*ciphertext/ })).toBeVisible();
  await expectAccessible(page);
});
