import type { Page } from "@playwright/test";
import { figure } from "../support/deals";
import { expect, expectAccessible, test } from "../support/test";

const PAGES = ["/desk", "/deals/new", "/customers", "/customers/new", "/inventory", "/inventory/new", "/admin/people", "/admin/desk", "/no-such-page"];

async function openRivera(page: Page) {
  await page.goto("/desk?q=rivera");
  await page.getByRole("link", { name: /^D-/ }).first().click();
  await expect(figure(page, "Balance due", "Cash").first()).toBeVisible();
}

for (const scheme of ["light", "dark"] as const) {
  test(`every page in ${scheme}`, async ({ as }) => {
    test.setTimeout(120_000);
    const page = await as("administrator");
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of PAGES) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page);
    }
  });

  test(`the deal with its panels in ${scheme}`, async ({ as }) => {
    const page = await as("manager");
    await page.emulateMedia({ colorScheme: scheme });
    await openRivera(page);
    await expectAccessible(page);
    await figure(page, "Tax", "Cash").first().click();
    await expect(page.getByRole("complementary", { name: "Details" })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("h");
    await expect(page.getByRole("region", { name: "What happened" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "More actions" }).click();
    await expectAccessible(page);
  });
}

test("a customer's and a vehicle's page, the palette and the store menu", async ({ as }) => {
  const page = await as("manager");
  for (const list of ["/customers", "/inventory"]) {
    await page.goto(list);
    await page.getByRole("row").nth(1).getByRole("link").click();
    await expect(page.getByRole("button", { name: /^Save/ })).toBeVisible();
    await expectAccessible(page);
  }
  await page.keyboard.press("Control+k");
  await page.keyboard.type("ri");
  await expect(page.getByRole("dialog").getByRole("option").first()).toBeVisible();
  await expectAccessible(page);
});
