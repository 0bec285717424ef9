import { figure, openDeal, stage, startDeal } from "../support/deals";
import { PEOPLE } from "../support/people";
import { expect, test } from "../support/test";

test("from the log to the approval by keys: pencil, submit, another price with a reason, approve", async ({ as }) => {
  const sales = await as("salesperson");
  const number = await startDeal(sales, { search: "haddad", name: "Leila Haddad" }, "N2603");

  // The first pencil begins with the price of the vehicle and the store's defaults.
  const price = sales.getByRole("textbox", { name: "Price", exact: true });
  await expect(price).toBeFocused();
  await expect(price).toHaveValue("34,988.00");
  const before = await figure(sales, "Payment", "Finance").innerText();
  await sales.keyboard.type("34500");
  await expect(figure(sales, "Payment", "Finance")).not.toHaveText(before);
  await sales.keyboard.press("Enter");
  await expect(price).toHaveValue("34,500.00");

  await sales.keyboard.press("F1");
  await expect(sales.getByText("pencil 1", { exact: true }).first()).toBeVisible();
  await expect(sales.getByText("unsaved changes")).toBeHidden();
  const shown = await figure(sales, "Payment", "Finance").innerText();
  await sales.reload();
  await expect(figure(sales, "Payment", "Finance")).toHaveText(shown);

  await sales.keyboard.press("F2");
  await expect(stage(sales, "submitted")).toBeVisible();

  const manager = await as("manager");
  await openDeal(manager, number);
  await manager.keyboard.press("e");
  await manager.keyboard.type("34,250.00");
  await manager.keyboard.press("F1");
  const reason = manager.getByRole("textbox", { name: "Why does the price change?" });
  await expect(reason).toBeFocused();
  await manager.keyboard.type("Matched a written offer");
  await manager.keyboard.press("Control+Enter");
  await expect(manager.getByText("pencil 2", { exact: true }).first()).toBeVisible();
  await manager.keyboard.press("F2");
  await expect(stage(manager, "approved")).toBeVisible();

  // The salesperson's screen follows without a reload, and the history says who did what.
  await expect(stage(sales, "approved")).toBeVisible();
  await expect(sales.getByRole("textbox", { name: "Price", exact: true })).toHaveValue("34,250.00");
  await sales.keyboard.press("h");
  const history = sales.getByRole("region", { name: "What happened" });
  await expect(history.getByRole("listitem").first()).toContainText("Approved");
  await expect(history.getByRole("listitem").first()).toContainText(PEOPLE.manager.name);
  await expect(history).toContainText("Price: 34,500.00 → 34,250.00");
  await expect(history).toContainText("Matched a written offer");
  await expect(history).toContainText(PEOPLE.salesperson.name);
});

test("a deal is sent back with a reason and becomes a draft again with the next pencil", async ({ as }) => {
  const sales = await as("salesperson");
  const number = await startDeal(sales, { search: "pike", name: "Gordon Pike" }, "N2604");
  // In one breath, before the page could draw anything between them: submitting waits for the pencil.
  await sales.evaluate(() => {
    for (const key of ["F1", "F2"]) {
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
  });
  await expect(stage(sales, "submitted")).toBeVisible();

  const manager = await as("manager");
  await openDeal(manager, number);
  await manager.keyboard.press("F7");
  const confirm = manager.getByRole("button", { name: /^Confirm/ });
  await expect(confirm).toBeDisabled();
  await manager.keyboard.type("Two thousand more down");
  await confirm.click();
  await expect(stage(manager, "rejected")).toBeVisible();

  await expect(stage(sales, "rejected")).toBeVisible();
  await sales.getByRole("textbox", { name: "Cash down" }).fill("2000");
  await sales.keyboard.press("F1");
  await expect(stage(sales, "draft")).toBeVisible();
});
