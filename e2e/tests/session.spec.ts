import { PASSWORD, PEOPLE } from "../support/people";
import { expect, expectAccessible, signIn, test } from "../support/test";

test("a wrong password says so; the right one goes on where the person wanted to be", async ({ page }) => {
  await page.goto("/inventory?condition=used");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expectAccessible(page);
  await signIn(page, PEOPLE.finance.email, "not the password");
  await expect(page.getByRole("alert")).toBeVisible();
  await signIn(page, PEOPLE.finance.email, PASSWORD);
  await expect(page.getByRole("heading", { name: "Inventory" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "Used" })).toBeChecked();

  // Signed in across a reload, signed out for good.
  await page.reload();
  await expect(page.getByRole("heading", { name: "Inventory" })).toBeVisible();
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/desk");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("theme and single-key shortcuts are the reader's choice", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/desk");
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(list).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();

  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("menuitemcheckbox", { name: "Single-key shortcuts" }).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Find anything" })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitemradio", { name: "As the system" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Single-key shortcuts" }).click();
});

test("the demonstration store says that it is one", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/desk");
  await expect(page.getByText("Demo store")).toBeVisible();
});

test("who may see what the store earns and pays", async ({ as }) => {
  const manager = await as("manager");
  await manager.goto("/desk");
  await expect(manager.getByRole("columnheader", { name: "Gross" })).toBeVisible();
  const sales = await as("salesperson");
  await sales.goto("/desk");
  await expect(sales.getByRole("row").nth(1)).toBeVisible();
  await expect(sales.getByRole("columnheader", { name: "Gross" })).toHaveCount(0);
  await sales.goto("/inventory");
  await expect(sales.getByRole("row").nth(1)).toBeVisible();
  await expect(sales.getByRole("columnheader", { name: "Cost" })).toHaveCount(0);
  await expect(sales.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "People" })).toHaveCount(0);
});
