// Every page under the same scrutiny: what is heard, what is seen in light and dark, and each state it can be in.
import { readFileSync } from "node:fs";
import type { Page, Route } from "@playwright/test";
import { ELSEWHERE, openPage, PAGES } from "../support/pages";
import { expect, expectAccessible, test } from "../support/test";

const WIDTHS = [390, 1024, 1440];
/** Between the narrowest and the widest nothing is coloured otherwise. */
const WIDTHS_OF_AXE = new Set([390, 1440]);

test("no page of the router is left out", () => {
  const files = ["tree.tsx", "public-pages.ts", "administration-pages.ts"];
  const source = files.map((file) => readFileSync(new URL(`../../web/src/routes/${file}`, import.meta.url), "utf8")).join("\n");
  const paths = [...source.matchAll(/^ {2}path: "([^"]+)"/gm)].map(([, path]) => path ?? "");
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.toSorted()).toEqual([...Object.keys(PAGES), ...Object.keys(ELSEWHERE)].toSorted());
});

for (const [path, page] of Object.entries(PAGES)) {
  test(`${path} is heard, and passes in light and dark at every width`, async ({ as }) => {
    const tab = await as(page.role);
    await openPage(tab, page);
    await expect(tab.getByRole("main")).toBeVisible();
    await expect(tab.locator("body")).toMatchAriaSnapshot(page.heard);
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 844 });
      for (const colorScheme of ["light", "dark"] as const) {
        await tab.emulateMedia({ colorScheme });
        if (WIDTHS_OF_AXE.has(width)) await expectAccessible(tab);
        const excess = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(excess, `${path} is too wide at ${String(width)} px`).toBeLessThanOrEqual(0);
      }
    }
  });
}

/** The page's address, wherever its opening led. */
async function addressOf(tab: Page, path: string): Promise<string> {
  await openPage(tab, PAGES[path] ?? { role: "manager", open: path, heard: "" });
  if (path.endsWith("/proposal")) await expect(tab.getByRole("article")).toBeVisible();
  return tab.url();
}

const reading = Object.entries(PAGES).flatMap(([path, page]) => (page.reads === undefined ? [] : [{ path, role: page.role, reads: page.reads }]));

for (const { path, role, reads } of reading) {
  test(`${path} while it loads, and when it cannot be read`, async ({ as }) => {
    const tab = await as(role);
    const address = await addressOf(tab, path);
    let answer: (route: Route) => Promise<void> = (route) => new Promise((resolve) => setTimeout(resolve, 1500)).then(() => route.continue());
    await tab.route(reads, (route) => answer(route));

    await tab.goto(address);
    await expect(tab.getByRole("status").filter({ hasText: "Loading" })).toBeVisible();
    await expect(tab.getByRole("heading", { level: 1 })).toBeVisible();

    const problem = { type: "/problems/internal", title: "Internal error", status: 500, code: "internal", detail: "The server met something it did not expect.", requestId: "0190-reference" };
    answer = (route) => route.fulfill({ status: 500, contentType: "application/problem+json", body: JSON.stringify(problem) });
    await tab.goto(address);
    const alert = tab.getByRole("alert");
    await expect(alert).toContainText("That did not work");
    await expect(alert).toContainText(problem.detail);
    await expect(alert).toContainText("Reference 0190-reference");
    await expectAccessible(tab);
    answer = (route) => route.continue();
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(alert).toBeHidden();
    await expect(tab.getByRole("heading", { level: 1 })).not.toHaveText("That did not work");

    answer = (route) => route.abort();
    await tab.goto(address);
    await expect(tab.getByRole("heading", { level: 1, name: "No connection" })).toBeVisible({ timeout: 20_000 });
    await expectAccessible(tab);
  });
}

for (const [path, { role, reads, empty }] of Object.entries(PAGES)) {
  if (reads === undefined || empty === undefined) continue;
  test(`${path} with nothing on it says what it is for`, async ({ as }) => {
    const tab = await as(role);
    await tab.route(reads, (route) => route.fulfill({ json: empty.answer }));
    await tab.goto(path);
    await expect(tab.getByText(empty.says)).toBeVisible();
    if (empty.offers !== undefined) await expect(tab.getByRole("main").getByText(empty.offers).last()).toBeVisible();
    await expectAccessible(tab);
  });
}

test("what a role does not have says so, and is not in its menu", async ({ as }) => {
  for (const [path, { keptFrom }] of Object.entries(PAGES)) {
    if (keptFrom === undefined) continue;
    const tab = await as(keptFrom);
    await tab.goto(path);
    await expect(tab.getByRole("heading", { level: 1, name: "This page is not part of your role." })).toBeVisible();
    await expect(tab.getByRole("navigation", { name: "Main" }).locator(`a[href="${path}"]`)).toHaveCount(0);
    await expectAccessible(tab);
    await tab.close();
  }
});

/** The forms, and a field of each that two people change at once. */
const SHARED: { path: string; field: string; mine: string; theirs: string; saved: string }[] = [
  { path: "/inventory/$vehicleId", field: "Trim (optional)", mine: "Limited A", theirs: "Limited B", saved: "Save" },
  { path: "/customers/$customerId", field: "Street (optional)", mine: "77 Sample St A", theirs: "77 Sample St B", saved: "Save" },
  { path: "/admin/desk", field: "Pack", mine: "510.00", theirs: "520.00", saved: "Save" },
  { path: "/admin/taxes", field: "Documentation fee", mine: "149.00", theirs: "148.00", saved: "Save" },
];

for (const { path, field, mine, theirs, saved } of SHARED) {
  test(`${path} overtaken by somebody else keeps both versions`, async ({ as }) => {
    const one = await as("administrator");
    const address = await addressOf(one, path);
    const other = await as("administrator");
    await other.goto(address);
    const before = await one.getByLabel(field).inputValue();
    await other.getByLabel(field).fill(theirs);
    await other.getByRole("button", { name: saved, exact: true }).click();
    await expect(other.getByText("✓ Saved")).toBeVisible();
    await one.getByLabel(field).fill(mine);
    await one.getByRole("button", { name: saved, exact: true }).click();
    await expect(one.getByRole("status").filter({ hasText: "Somebody else saved this while you were typing." })).toBeVisible();
    await expect(one.getByRole("row").filter({ hasText: theirs }).first()).toContainText(mine);
    await expectAccessible(one);
    await one.getByRole("button", { name: "Take theirs, drop mine" }).click();
    await expect(one.getByLabel(field)).toHaveValue(theirs);
    await one.getByLabel(field).fill(before);
    await one.getByRole("button", { name: saved, exact: true }).click();
    await expect(one.getByText("✓ Saved")).toBeVisible();
  });
}
