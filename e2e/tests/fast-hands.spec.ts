// Keys pressed where the hands happen to be, and faster than a page answers.
import { figure, openDeal, startDeal } from "../support/deals";
import { expect, test } from "../support/test";

test("rolling to a payment takes the column in which one is typing", async ({ as }) => {
  const page = await as("salesperson");
  await startDeal(page, { search: "greer", name: "Samuel Greer" }, "N2612");
  await expect(figure(page, "Payment", "Lease").first()).toBeVisible();
  await page.getByRole("textbox", { name: /^Money factor, Lease/ }).focus();
  await page.keyboard.press("F5");
  const panel = page.getByRole("complementary", { name: "Details" });
  await expect(panel.getByRole("textbox", { name: /^Target payment, Lease/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: /^Rate, %, Finance/ }).focus();
  await page.keyboard.press("F5");
  await expect(panel.getByRole("textbox", { name: /^Target payment, Finance/ })).toBeFocused();
});

test("a pencil of somebody else is settled by one key, and each keeps what they typed", async ({ as }) => {
  const sales = await as("salesperson");
  const number = await startDeal(sales, { search: "kessler", name: "Donald Kessler" }, "N2604");
  await sales.keyboard.press("F1");
  await expect(sales.getByText("pencil 1", { exact: true }).first()).toBeVisible();
  const manager = await as("manager");
  await openDeal(manager, number);
  await manager.getByRole("textbox", { name: "Cash down", exact: true }).fill("1500");
  await expect(manager.getByText("unsaved changes")).toBeVisible();
  await sales.getByRole("textbox", { name: "Doc fee", exact: true }).fill("125");
  await sales.keyboard.press("F1");
  await expect(sales.getByText("pencil 2", { exact: true }).first()).toBeVisible();
  const conflict = manager.getByRole("paragraph").filter({ hasText: "Somebody else saved a pencil meanwhile" });
  await expect(conflict).toBeVisible();
  await manager.keyboard.press("Control+Enter");
  await expect(conflict).toBeHidden();
  await expect(manager.getByRole("textbox", { name: "Doc fee", exact: true })).toHaveValue("125.00");
  await expect(manager.getByRole("textbox", { name: "Cash down", exact: true })).toHaveValue(/^1,?500/);
  await manager.keyboard.press("F1");
  await expect(manager.getByText("pencil 3", { exact: true }).first()).toBeVisible();
});

test("what a state's law leaves open is chosen on the deal, counts at once and is kept", async ({ as }) => {
  const page = await as("salesperson");
  await startDeal(page, { search: "thornbury", name: "Megan Thornbury" }, "N2608");
  await page.getByRole("combobox", { name: "State" }).selectOption("Alabama");
  const choice = page.getByRole("combobox", { name: "Whether a non-resident removes the car within 72 hours" });
  await choice.selectOption("Stays longer");
  const payment = figure(page, "Payment", "Finance").first();
  await expect(payment).not.toHaveCSS("font-style", "italic");
  await page.keyboard.press("F1");
  await expect(page.getByText("pencil 1", { exact: true }).first()).toBeVisible();
  await page.reload();
  await expect(choice).toHaveValue("no");
});

test("a search field keeps every letter, however fast they come", async ({ as }) => {
  const page = await as("manager");
  await page.goto("/customers");
  const field = page.getByRole("searchbox");
  await field.click();
  await page.keyboard.type("riv");
  // In the middle of the pause after which the list is asked, and again once it is on its way.
  await page.waitForTimeout(200);
  await page.keyboard.type("e");
  await page.waitForTimeout(350);
  await page.keyboard.type("ra");
  await expect(field).toHaveValue("rivera");
  await expect(page).toHaveURL(/q=rivera$/);
  await expect(page.getByRole("row").filter({ hasText: "Rivera" }).first()).toBeVisible();
  await expect(field).toHaveValue("rivera");
});
