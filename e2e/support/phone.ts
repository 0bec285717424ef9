// A telephone: its screen, its fingers, a slow network and a slow processor.
import type { Browser, Page } from "@playwright/test";
import { PASSWORD, PEOPLE, type Role } from "./people";
import { expect, SCREEN } from "./test";

export const PHONE = { ...SCREEN, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** "Slow 4G" of Chromium's own tools: 562.5 ms there and back, 180 kB/s down, 84 kB/s up; a processor four times slower. */
const SLOW = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };
const SLOWER = 4;

/** The lowest edge that a thumb reaches without shifting its grip: the upper third of the screen is out of reach. */
const REACH = PHONE.viewport.height / 3;
/** The smallest side of what a finger hits. */
const FINGER = 44;

export async function phone(browser: Browser, baseURL: string, slow = false): Promise<Page> {
  const context = await browser.newContext({ ...PHONE, baseURL });
  const page = await context.newPage();
  if (slow) {
    const cdp = await context.newCDPSession(page);
    await cdp.send("Network.enable");
    await cdp.send("Network.emulateNetworkConditions", SLOW);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  }
  return page;
}

export async function signInByThumb(page: Page, role: Role) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(PEOPLE[role].email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).tap();
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible({ timeout: 30_000 });
}

/** What is wrong with this page for a hand that holds the phone; nothing when all is well. */
export function faultsOnPhone(page: Page): Promise<string[]> {
  return page.evaluate((finger) => {
    const faults: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`the page is ${String(scrollWidth - clientWidth)} px too wide`);
    const targets = document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, [role=option], [role=menuitem], summary");
    for (const target of targets) {
      // What a label is for is hit by its label; what covers its row by the row.
      const label = target instanceof HTMLInputElement && /checkbox|radio/.test(target.type) ? target.closest("label") : null;
      const row = target.matches("[data-row-link]") ? target.closest("tr") : null;
      const box = (label ?? row ?? target).getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || target.closest("[inert], .sr-only:not(:focus)") !== null) continue;
      const style = getComputedStyle(target);
      if (style.visibility === "hidden" || target.classList.contains("sr-only")) continue;
      // A link in the middle of a sentence is as high as its line.
      if (target.matches("a") && style.display === "inline" && target.parentElement?.matches("p, li, dd, td, span") === true) continue;
      if (box.height < finger - 0.5) faults.push(`${name(target)} is ${box.height.toFixed(0)} px high`);
      if (target instanceof HTMLInputElement && !/checkbox|radio|date|file|hidden/.test(target.type) && !target.readOnly && !target.disabled) {
        if (target.enterKeyHint === "") faults.push(`${name(target)} does not say what Enter does`);
        if (parseFloat(style.fontSize) < 16) faults.push(`${name(target)} makes the page zoom when it is typed into`);
      }
    }
    return faults;
    function name(of: HTMLElement) {
      return `${of.tagName.toLowerCase()} “${(of.getAttribute("aria-label") ?? of.textContent ?? of.getAttribute("id") ?? "").trim().slice(0, 40)}”`;
    }
  }, FINGER);
}

/** Taps what leads on: it has to be where the thumb is. */
export async function tapInReach(page: Page, name: string | RegExp) {
  const target = page.getByRole("button", { name }).or(page.getByRole("link", { name })).last();
  await expect(target).toBeVisible();
  const box = await target.boundingBox();
  expect(box?.y, `${String(name)} is out of the thumb's reach`).toBeGreaterThan(REACH);
  await target.tap();
}
