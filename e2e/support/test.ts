import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { PASSWORD, PEOPLE, type Role } from "./people";

export { expect };

/** Opens a page of somebody who is signed in. */
export type As = (role: Role) => Promise<Page>;

/** Where the store stands, on a desk's screen. What is kept for a lost network has journeys of its own. */
export const SCREEN = { viewport: { width: 1440, height: 900 }, locale: "en-US", timezoneId: "America/Chicago", serviceWorkers: "block" as const };

interface Contexts {
  of: (role: Role) => Promise<BrowserContext>;
}

export const test = base.extend<{ as: As }, { contexts: Contexts }>({
  // One browser context per role for the whole run: a refresh token works once, so it must not be copied about.
  contexts: [
    async ({ browser }, use, info) => {
      const open = new Map<Role, BrowserContext>();
      await use({
        of: async (role) => {
          const context = open.get(role) ?? (await signedIn(browser, role, info.project.use.baseURL ?? ""));
          open.set(role, context);
          return context;
        },
      });
      await Promise.all([...open.values()].map((context) => context.close()));
    },
    { scope: "worker" },
  ],
  as: async ({ contexts }, use) => {
    const pages: Page[] = [];
    await use(async (role) => {
      const page = await (await contexts.of(role)).newPage();
      // A run is longer than ten minutes: what asks for a recent proof is given one.
      const question = page.getByRole("dialog", { name: "Confirm that it is you" });
      await page.addLocatorHandler(question, async () => {
        await question.getByLabel("Your password").fill(PASSWORD);
        await page.keyboard.press("Enter");
      });
      pages.push(page);
      return page;
    });
    await Promise.all(pages.map((page) => page.close()));
  },
});

async function signedIn(browser: Browser, role: Role, baseURL: string): Promise<BrowserContext> {
  const context = await browser.newContext({ ...SCREEN, baseURL });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await signIn(page, PEOPLE[role].email, PASSWORD);
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await page.close();
  return context;
}

export async function signIn(page: Page, email: string, password: string) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** No exceptions: what is named here is all that axe found. */
export async function expectAccessible(page: Page) {
  // What lies under a bar that stays in sight is not covered for good: at the end of the page nothing is.
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join("; ")}`);
  expect(found).toEqual([]);
}
