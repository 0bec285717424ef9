// The server's limits, from where a person sits: what came too often is sent again by itself.
import type { Page } from "@playwright/test";
import { startDeal } from "../support/deals";
import { expect, test } from "../support/test";

/** The product refuses the first of these requests, as it does when they come too often; answers with how many it refused. */
async function refuse(page: Page, pattern: RegExp, times: number, seconds: number): Promise<() => number> {
  let refused = 0;
  await page.route(pattern, async (route) => {
    if (refused >= times) return route.continue();
    refused += 1;
    const problem = { type: "/problems/rate-limited", title: "Too many requests", status: 429, code: "rate-limited", detail: "at most 100 requests a minute" };
    return route.fulfill({ status: 429, headers: { "Retry-After": String(seconds) }, contentType: "application/problem+json", body: JSON.stringify(problem) });
  });
  return () => refused;
}

test("a list waits as long as the server asks, and says so when it takes long", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/desk");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  const refused = await refuse(page, /\/api\/v1\/customers\?/, 2, 2);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Customers" }).click();
  await expect(page.getByRole("banner").getByText("Waiting for the server")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Customers", level: 1 })).toBeVisible();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await expect(page.getByRole("banner").getByText("Waiting for the server")).toBeHidden();
  await expect(page.getByText("That did not work")).toHaveCount(0);
  expect(refused()).toBe(2);
});

test("a pencil that came too often is saved once, by itself", async ({ as }) => {
  const page = await as("salesperson");
  await startDeal(page, { search: "beaumont", name: "Hugo Beaumont" }, "N2616");
  const refused = await refuse(page, /\/scenarios$/, 1, 1);
  await page.keyboard.press("F1");
  await expect(page.getByText("pencil 1", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(refused()).toBe(1);
});

test("a wait that would be too long is told instead", async ({ as }) => {
  const page = await as("salesperson");
  await refuse(page, /\/api\/v1\/inventory\?/, 9, 120);
  await page.goto("/inventory");
  await expect(page.getByRole("alert")).toContainText("at most 100 requests a minute");
});
