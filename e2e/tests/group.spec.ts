// All stores of the group side by side, and the people in them.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../support/test";

/** The figures of a column, from the first store down. */
async function column(page: Page, name: string): Promise<string[]> {
  const table = page.getByRole("table", { name: "Group", exact: true });
  const heads = await table.getByRole("columnheader").filter({ has: page.getByRole("button") }).allInnerTexts();
  const place = heads.findIndex((text) => text.startsWith(name));
  const rows = await table.locator("tbody tr").all();
  return Promise.all(rows.map((row) => row.locator("th, td").nth(place).innerText()));
}

test("the group is put in order, narrowed, and a store of it entered, by keyboard", async ({ as }) => {
  const page = await as("group");
  await page.goto("/admin/group");
  const stores = page.getByRole("button", { name: /^Go to / });
  await expect(stores).toHaveCount(2);
  // What is open on the desk of the first store is what its page says; the second one is as on its first day.
  const [open, none] = await column(page, "Open deals");
  expect(Number(open)).toBeGreaterThan(3);
  expect(none).toBe("0");
  await expect(page.getByRole("row", { name: /Prairie Motors Knoxville/ })).toContainText("Knoxville, TN · America/New_York");

  await page.getByRole("button", { name: "Open deals" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: "Open deals" })).toHaveAttribute("aria-sort", "descending");
  await page.keyboard.press("Enter");
  await expect(stores.first()).toHaveAccessibleName("Go to Prairie Motors Knoxville");
  await page.keyboard.press("/");
  await page.keyboard.type("dallas");
  await expect(stores).toHaveCount(1);
  await page.getByRole("searchbox").fill("nowhere");
  await expect(page.getByText("No store fits.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("searchbox").fill("knox");
  await expect(stores).toHaveCount(1);
  await page.keyboard.press("Tab");
  await page.keyboard.press("j");
  await expect(stores).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/admin\/people$/);
  await expect(page.getByRole("button", { name: "Store: Prairie Motors Knoxville" })).toBeVisible();
  await page.goto("/admin/group");
  await expect(page.getByRole("row", { name: /Knoxville/ })).toContainText("you are here");
  await stores.first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Store: Prairie Motors", exact: true })).toBeVisible();
});

test("on a phone each store is a card", async ({ as }) => {
  const page = await as("group");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/admin/group");
  const cards = page.getByRole("list", { name: "Group", exact: true }).getByRole("listitem");
  await expect(cards).toHaveCount(2);
  await page.getByLabel("Sorted by").selectOption({ label: "Units" });
  await expect(cards.first()).toContainText("Knoxville");
  await page.getByRole("checkbox", { name: "Most first" }).check();
  await expect(cards.last()).toContainText("Knoxville");
  await expect(page.getByRole("region", { name: "All 2 shown" })).toBeVisible();
  await expectAccessible(page);
});

test("a group of one store has its row, and nothing to choose, add up or compare", async ({ as }) => {
  const page = await as("group");
  await page.route("**/api/v1/admin/group", async (route) => {
    const answer = await route.fetch();
    const { items } = (await answer.json()) as { items: { differs: string[] }[] };
    await route.fulfill({ response: answer, json: { items: items.slice(0, 1).map((row) => ({ ...row, differs: [] })) } });
  });
  await page.goto("/admin/group");
  await expect(page.getByRole("button", { name: "Go to Prairie Motors" })).toBeVisible();
  await expect(page.getByText("1 store.")).toBeVisible();
  await expect(page.getByRole("searchbox")).toHaveCount(0);
  await expect(page.getByText(/^All \d+ shown/)).toHaveCount(0);
  await expectAccessible(page);
});

test("somebody is found in every store, and their access ends in all of them", async ({ as }) => {
  const page = await as("group");
  await page.goto("/admin/people");
  await expect(page.getByRole("row", { name: /Vivian Ashworth/ })).toBeVisible();
  await page.keyboard.press("n");
  await page.getByLabel("Name", { exact: true }).fill("Uma Torres");
  await page.getByLabel("E-mail", { exact: true }).fill("uma.torres@prairie.example.com");
  await page.getByLabel(/^Send an invitation by mail/).uncheck();
  await page.getByLabel("First password").fill("a quiet long sentence");
  await page.getByRole("form", { name: "Add a person" }).getByRole("button", { name: "Add a person" }).click();
  await expect(page.getByRole("row", { name: /Uma Torres/ })).toBeVisible();

  await page.goto("/admin/group-people");
  await expect(page.getByRole("row", { name: /Alex Romero/ })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("marcus");
  const marcus = page.getByRole("row", { name: /Marcus Hale/ });
  await expect(marcus.getByRole("listitem")).toHaveText([/^Prairie Motors: Desk manager/, /^Prairie Motors Knoxville: Desk manager/]);
  await page.getByRole("searchbox").fill("uma");
  await expect(marcus).toBeHidden();
  await page.getByRole("button", { name: "End access of Uma Torres everywhere" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "End access of Uma Torres everywhere" });
  await dialog.getByLabel("Open deals in Prairie Motors go to").selectOption({ label: "Alex Romero, Salesperson" });
  await dialog.getByLabel(/^Reason/).fill("left the group");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("row", { name: /Uma Torres/ })).toContainText("access ended");
  await expect(page.getByRole("button", { name: /Uma Torres/ })).toBeHidden();
});
