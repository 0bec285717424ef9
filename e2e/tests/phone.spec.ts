import type { Page } from "@playwright/test";
import { figure, stage } from "../support/deals";
import { faultsOnPhone, phone, PHONE, signInByThumb, tapInReach } from "../support/phone";
import { expect, expectAccessible, test } from "../support/test";

test("a deal on a phone: one column at a time, the payment always in sight", async ({ as }) => {
  const page = await as("salesperson");
  await page.setViewportSize(PHONE.viewport);
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

/** Seconds on a slow network with a slow processor: what somebody with a customer beside them bears. */
const BEARABLE = { firstPage: 10, step: 6 };

test("from the sign-in to the approval with one hand, on a slow network", async ({ browser, baseURL }) => {
  test.setTimeout(240_000);
  const page = await phone(browser, baseURL ?? "", true);
  const begun = Date.now();
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible({ timeout: 60_000 });
  const took = { firstPage: (Date.now() - begun) / 1000, steps: [] as [string, number][] };
  const step = async (name: string, act: () => Promise<void>, done: () => Promise<void>) => {
    const from = Date.now();
    await act();
    await done();
    took.steps.push([name, (Date.now() - from) / 1000]);
    expect(await faultsOnPhone(page), name).toEqual([]);
  };
  await step("sign in", () => signInByThumb(page, "salesperson"), () => expect(page.getByRole("row").nth(1)).toBeVisible());
  await step("new deal", () => tapInReach(page, "New deal"), () => expect(page.getByRole("combobox", { name: "Customer" })).toBeVisible({ timeout: 20_000 }));
  await step("customer", () => pick(page, "Customer", "oduya", "Raymond Oduya"), () => expect(page.getByText("Raymond Oduya")).toBeVisible({ timeout: 20_000 }));
  await step("vehicle", () => pick(page, "Vehicle", "N2618", "N2618"), () => expect(page.getByText(/N2618/)).toBeVisible({ timeout: 20_000 }));
  await step("start", () => tapInReach(page, "Start the deal"), () => expect(page.getByRole("heading", { level: 1, name: /^D-\d+/ })).toBeVisible({ timeout: 20_000 }));
  const number = /D-\d+/.exec(await page.getByRole("heading", { level: 1 }).innerText())?.[0] ?? "";
  await step("engine", () => page.getByRole("group", { name: "Column" }).getByText(/^Finance/).tap(), () => expect(figure(page, "Payment", "Finance").last()).toBeInViewport({ timeout: 30_000 }));
  const payment = figure(page, "Payment", "Finance").last();
  const before = (await payment.innerText()).trim();
  await step("typing", () => page.getByRole("textbox", { name: "Cash down" }).fill("2500"), () => expect(payment).not.toHaveText(before));
  await expect(page.getByRole("textbox", { name: "Cash down" })).toHaveAttribute("inputmode", "decimal");
  await step("pencil", () => tapInReach(page, "Pencil"), () => expect(page.getByText("pencil 1", { exact: true }).first()).toBeVisible({ timeout: 20_000 }));
  await step("submit", () => tapInReach(page, "Submit"), () => expect(stage(page, "submitted")).toBeVisible({ timeout: 20_000 }));
  await expectAccessible(page);
  await page.context().close();

  const manager = await phone(browser, baseURL ?? "", true);
  await signInByThumb(manager, "manager");
  await manager.getByRole("searchbox").fill(number);
  await expect(manager.getByRole("row")).toHaveCount(2, { timeout: 20_000 });
  await manager.getByRole("link", { name: number, exact: true }).tap();
  await expect(manager.getByRole("heading", { level: 1, name: new RegExp(`^${number}`) })).toBeVisible({ timeout: 20_000 });
  await expect(stage(manager, "submitted")).toBeVisible();
  await tapInReach(manager, "Approve");
  await expect(stage(manager, "approved")).toBeVisible({ timeout: 20_000 });
  await manager.context().close();

  test.info().annotations.push({ type: "seconds", description: JSON.stringify(took) });
  expect(took.firstPage).toBeLessThan(BEARABLE.firstPage);
  expect(took.steps.filter(([, seconds]) => seconds > BEARABLE.step)).toEqual([]);
});

async function pick(page: Page, label: string, text: string, found: string) {
  await page.getByRole("combobox", { name: label }).fill(text);
  await page.getByRole("option", { name: new RegExp(found) }).first().tap({ timeout: 20_000 });
}

test("every page at hand: wide enough, high enough, and its keyboard says what Enter does", async ({ browser, baseURL }) => {
  test.setTimeout(180_000);
  const page = await phone(browser, baseURL ?? "");
  await signInByThumb(page, "administrator");
  const faults: Record<string, string[]> = {};
  for (const path of ["/desk", "/deals/new", "/customers", "/customers/new", "/inventory", "/inventory/new", "/taxes", "/taxes/states", "/taxes/states/TX", "/admin/people", "/admin/desk", "/admin/taxes", "/admin/rates", "/no-such-page"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("status").getByText("Loading")).toHaveCount(0);
    const found = await faultsOnPhone(page);
    if (found.length > 0) faults[path] = found;
  }
  expect(faults).toEqual({});
  await page.context().close();
});

test("the other pages of administration are folded up above each one", async ({ browser, baseURL }) => {
  const page = await phone(browser, baseURL ?? "");
  await signInByThumb(page, "administrator");
  await page.goto("/admin/people");
  const numbering = page.getByRole("link", { name: "Numbering" });
  await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
  await expect(numbering).toBeHidden();
  await page.getByText("Other pages of administration").tap();
  expect(await faultsOnPhone(page)).toEqual([]);
  await numbering.tap();
  await expect(page.getByRole("heading", { level: 1, name: "Numbering" })).toBeVisible();
  await expect(numbering).toBeHidden();
  await page.context().close();
});
