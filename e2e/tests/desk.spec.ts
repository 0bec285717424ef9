import { startDeal } from "../support/deals";
import { expect, test } from "../support/test";

test("the log is walked by keys and searched", async ({ as }) => {
  const page = await as("manager");
  await page.goto("/desk");
  const rows = page.getByRole("row");
  await expect(rows.nth(1)).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(rows.nth(1).getByRole("link")).toBeFocused();
  const number = await rows.nth(1).getByRole("link").innerText();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(number);

  // The first pencil of a deal begins in its price: Esc leaves it.
  await page.keyboard.press("Escape");
  await page.keyboard.press("d");
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("rivera");
  await expect(page.getByRole("row", { name: /Elena Rivera/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Brandt/ })).toHaveCount(0);
  await expect(page).toHaveURL(/q=rivera/);
  await page.getByLabel("Stage").selectOption({ label: "cancelled" });
  await expect(page.getByText("No deal matches these filters.")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(rows.nth(5)).toBeVisible();
});

test("a deal that somebody else starts appears by itself", async ({ as }) => {
  const manager = await as("manager");
  await manager.goto("/desk");
  await expect(manager.getByRole("row").nth(1)).toBeVisible();
  const sales = await as("salesperson");
  const number = await startDeal(sales, { search: "sorensen", name: "Tanya Sorensen" }, "N2606");
  await expect(manager.getByRole("link", { name: number, exact: true })).toBeVisible();
});

test("anything is found from anywhere", async ({ as }) => {
  const page = await as("manager");
  await page.goto("/inventory");
  await expect(page.getByRole("heading", { name: "Inventory" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("rivera");
  await expect(page.getByRole("group", { name: "Customers" }).getByRole("option", { name: /Elena Rivera/ })).toBeVisible();
  await page.getByRole("group", { name: "Deals" }).getByRole("option").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Rivera");
});
