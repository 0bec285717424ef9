// The client on a device: installed, without a network, and after the server was updated.
import type { Browser, Page } from "@playwright/test";
import { figure, startDeal } from "../support/deals";
import { openGate } from "../support/gate";
import { PASSWORD, PEOPLE } from "../support/people";
import { expect, expectAccessible, SCREEN, signIn, test } from "../support/test";

/** Somebody's own device, which may keep the client's files. */
async function device(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ ...SCREEN, serviceWorkers: "allow", baseURL });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signIn(page, PEOPLE.salesperson.email, PASSWORD);
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
  return page;
}

test("the client can be installed", async ({ browser, baseURL }) => {
  const page = await device(browser, baseURL ?? "");
  const cdp = await page.context().newCDPSession(page);
  const { url, errors, data } = await cdp.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect(new URL(url).pathname).toBe("/manifest.webmanifest");
  // Nothing but the test's own private window stands against it.
  const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);

  const manifest = JSON.parse(data ?? "{}") as { icons: { src: string; sizes: string; type: string; purpose?: string }[]; shortcuts: { url: string }[] };
  expect(manifest.icons.some(({ purpose }) => purpose === "maskable")).toBe(true);
  for (const { src, sizes, type } of manifest.icons) {
    const answer = await page.request.get(src);
    expect(answer.headers()["content-type"], src).toBe(type);
    if (sizes !== "any") expect(await sizeOf(page, src), src).toBe(sizes);
  }
  expect(await sizeOf(page, (await page.locator("link[rel=apple-touch-icon]").getAttribute("href")) ?? "")).toBe("180x180");
  for (const scheme of ["light", "dark"]) {
    await expect(page.locator(`meta[name=theme-color][media*=${scheme}]`)).toHaveAttribute("content", /^#[\da-f]{6}$/);
  }
  for (const { url: shortcut } of manifest.shortcuts) {
    await page.goto(shortcut);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await page.context().close();
});

/** Width and height of a picture, as the browser decodes it. */
function sizeOf(page: Page, src: string): Promise<string> {
  return page.evaluate(async (address) => {
    const picture = await createImageBitmap(await (await fetch(address)).blob());
    return `${String(picture.width)}x${String(picture.height)}`;
  }, src);
}

test("without a network the product opens, says so, and goes on by itself", async ({ browser, baseURL }) => {
  const page = await device(browser, baseURL ?? "");
  await page.goto("/customers?q=rivera");
  await expect(page.getByRole("link", { name: /Rivera/ }).first()).toBeVisible();
  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "No connection" })).toBeVisible();
  await expect(page.getByText("What still works")).toBeVisible();
  await expectAccessible(page);
  // No customer is on the device: what is kept is the client alone.
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept).toContain("/");
  expect(kept.filter((path) => !/^\/($|assets\/|[\w-]+\.(js|svg|png|webmanifest)$)/.test(path))).toEqual([]);
  await page.context().setOffline(false);
  await expect(page.getByRole("link", { name: /Rivera/ }).first()).toBeVisible();
  await page.context().close();
});

test("a deal without a network goes on computing; saving says that it has to wait, and nothing typed is lost", async ({ browser, baseURL }) => {
  const page = await device(browser, baseURL ?? "");
  await startDeal(page, { search: "nakamura", name: "Grace Nakamura" }, "N2616");
  await page.keyboard.press("F1");
  await expect(page.getByText("pencil 1", { exact: true }).first()).toBeVisible();
  const payment = figure(page, "Payment", "Finance");
  const before = (await payment.innerText()).trim();

  await page.context().setOffline(true);
  await expect(page.getByRole("banner").getByText("Offline")).toBeVisible();
  await page.getByRole("textbox", { name: "Cash down" }).fill("2500");
  await expect(payment).not.toHaveText(before);
  const offline = (await payment.innerText()).trim();
  await page.keyboard.press("F1");
  const banner = page.getByRole("alert");
  await expect(banner).toContainText("Not saved: no connection");
  await expectAccessible(page);
  // Elsewhere there is nothing to read, and the way back leads to what was typed.
  await page.getByRole("link", { name: "Inventory" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "No connection" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("textbox", { name: "Cash down" })).toHaveValue("2,500.00");
  await expect(payment).toHaveText(offline);

  await page.context().setOffline(false);
  await page.keyboard.press("F1");
  await expect(page.getByText("pencil 2", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Cash down" })).toHaveValue("2,500.00");
  await expect(payment).toHaveText(offline);
  await page.context().close();
});

test("after an update of the server the client goes on with the new build, when its reader says so", async ({ browser, baseURL }) => {
  const gate = await openGate(baseURL ?? "");
  const page = await device(browser, gate.url);
  const shells = () => page.evaluate(() => caches.keys());
  const [former] = await shells();
  gate.deploy();
  gate.cut();
  const reload = page.getByRole("button", { name: "Reload" });
  await expect(reload).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await reload.click();
  await expect(page.locator("script[src*='-newer.js']")).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await expect(reload).toBeHidden();
  // The build before stays for pages that are still open, no other.
  await expect.poll(shells).toHaveLength(2);
  expect(await shells()).toContain(former);
  await page.context().close();
  await gate.close();
});
