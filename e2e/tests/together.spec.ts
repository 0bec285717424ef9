import { openDeal, startDeal } from "../support/deals";
import { expect, test } from "../support/test";

test("two people on one deal: nothing typed is lost and nothing saved is overwritten unseen", async ({ as }) => {
  const sales = await as("salesperson");
  const number = await startDeal(sales, { search: "ybarra", name: "Miguel Ybarra" }, "N2608");
  await sales.keyboard.press("F1");
  await expect(sales.getByText("pencil 1", { exact: true }).first()).toBeVisible();

  const manager = await as("manager");
  await openDeal(manager, number);
  await manager.getByRole("textbox", { name: "Cash down" }).fill("1500");
  await expect(manager.getByText("unsaved changes")).toBeVisible();

  await sales.getByRole("textbox", { name: "Price", exact: true }).fill("50500");
  await sales.keyboard.press("F1");
  await expect(sales.getByText("pencil 2", { exact: true }).first()).toBeVisible();

  const conflict = manager.getByRole("paragraph").filter({ hasText: "Somebody else saved a pencil meanwhile" });
  await expect(conflict).toBeVisible();
  await expect(manager.getByRole("textbox", { name: "Cash down" })).toHaveValue(/^1,?500/);
  await expect(manager.getByRole("row", { name: /^Price .*50,500.00/ })).toBeVisible();
  await manager.getByRole("button", { name: "Go on with mine" }).click();
  await expect(conflict).toBeHidden();
  await manager.keyboard.press("F1");
  await expect(manager.getByText("pencil 3", { exact: true }).first()).toBeVisible();
  await expect(sales.getByRole("textbox", { name: "Cash down" })).toHaveValue("1,500.00");
});

test("a customer edited by two people keeps both versions in sight", async ({ as }) => {
  const one = await as("salesperson");
  await one.goto("/customers?q=thornbury");
  await one.getByRole("link", { name: /Thornbury/ }).click();
  await expect(one.getByRole("heading", { level: 1, name: "Megan Thornbury" })).toBeVisible();
  const other = await as("manager");
  await other.goto(one.url());
  await other.getByLabel("Notes").fill("Prefers the phone");
  await one.getByLabel("Street").fill("210 Fictional Dr");
  await one.getByRole("button", { name: /^Save/ }).click();
  await expect(one.getByText("✓ Saved")).toBeVisible();

  await other.getByRole("button", { name: /^Save/ }).click();
  await expect(other.getByRole("paragraph").filter({ hasText: "Somebody else saved this while you were typing." })).toBeVisible();
  await expect(other.getByRole("row", { name: /Street.*210 Fictional Dr/ })).toBeVisible();
  await other.getByRole("button", { name: "Take theirs, drop mine" }).click();
  await expect(other.getByLabel("Street")).toHaveValue("210 Fictional Dr");
});
