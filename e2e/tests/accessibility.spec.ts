import type { Page } from "@playwright/test";
import { figure } from "../support/deals";
import { expect, expectAccessible, test } from "../support/test";

async function openRivera(page: Page) {
  await page.goto("/desk?q=rivera");
  await page.getByRole("link", { name: /^D-/ }).first().click();
  await expect(figure(page, "Balance due", "Cash").first()).toBeVisible();
}

for (const scheme of ["light", "dark"] as const) {
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
    await page.keyboard.press("Escape");
    const panel = page.getByRole("complementary", { name: "Details" });
    for (const [tool, shown] of [
      ["Copy the deal", panel.getByRole("group", { name: "Customer" })],
      ["Roll to a payment", panel.getByRole("textbox").first()],
      ["Grid", page.getByRole("grid")],
    ] as const) {
      await page.getByRole("group", { name: "Tools" }).getByRole("button", { name: tool }).click();
      await expect(shown).toBeVisible();
      await expectAccessible(page);
    }
  });

  test(`what opens over a page, in ${scheme}`, async ({ as }) => {
    const page = await as("manager");
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto("/no-such-page");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await page.goto("/desk");
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Account of/ }).click();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("banner").getByRole("button", { name: /^Demo store/ }).click();
    await expect(page.getByText("The tax rules and the arithmetic are real.").last()).toBeVisible();
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
