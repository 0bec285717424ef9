import { expect, type Page } from "@playwright/test";

/** Starts a deal by keys alone, from the desk log to the open deal; answers with its number. */
export async function startDeal(page: Page, customer: { search: string; name: string }, stock: string): Promise<string> {
  await page.goto("/desk");
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await page.keyboard.press("n");
  await expect(page.getByRole("combobox", { name: "Customer" })).toBeFocused();
  await page.keyboard.type(customer.search);
  await expect(page.getByRole("option").first()).toContainText(customer.name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Vehicle" })).toBeFocused();
  await page.keyboard.type(stock);
  await expect(page.getByRole("option").first()).toContainText(stock);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Start the deal" })).toBeFocused();
  await page.keyboard.press("Enter");
  const heading = page.getByRole("heading", { level: 1, name: /^D-\d+/ });
  await expect(heading).toBeVisible();
  return /D-\d+/.exec(await heading.innerText())?.[0] ?? "";
}

/** The deal's stage, as its header says it. */
export function stage(page: Page, name: string) {
  return page.getByRole("main").getByText(name, { exact: true });
}

/** A figure of a column, by what it is called: its text as it stands on the screen. */
export function figure(page: Page, name: string, column: string) {
  return page.getByRole("button", { name: new RegExp(`^Why ${name} of .* ${column}`) });
}

export async function openDeal(page: Page, number: string) {
  await page.goto(`/desk?q=${number}`);
  await page.getByRole("link", { name: number, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: new RegExp(`^${number}`) })).toBeVisible();
}
