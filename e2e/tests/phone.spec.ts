import { figure } from "../support/deals";
import { expect, expectAccessible, test } from "../support/test";

const PHONE = { width: 390, height: 844 };

test("a deal on a phone: one column at a time, the payment always in sight", async ({ as }) => {
  const page = await as("salesperson");
  await page.setViewportSize(PHONE);
  await page.goto("/desk?q=rivera");
  await page.getByRole("link", { name: /^D-/ }).first().click();
  const columns = page.getByRole("group", { name: "Column" });
  await columns.getByText(/^Finance/).click();
  await expect(figure(page, "Payment", "Finance").last()).toBeInViewport();
  await expect(figure(page, "Balance due", "Cash")).toHaveCount(0);
  await columns.getByText(/^Lease/).click();
  await expect(figure(page, "Payment", "Lease").last()).toBeInViewport();
  await expectAccessible(page);
  await figure(page, "Payment", "Lease").last().click();
  await expect(page.getByRole("complementary", { name: "Details" })).toBeInViewport();
  await expectAccessible(page);
});

test("no page is wider than the phone", async ({ as }) => {
  const page = await as("manager");
  await page.setViewportSize(PHONE);
  for (const path of ["/desk", "/deals/new", "/customers", "/customers/new", "/inventory", "/inventory/new"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(excess, path).toBe(0);
  }
});
