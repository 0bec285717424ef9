// The second factor: set up at the first sign-in, on a phone, and used from then on.
import { enrol, replacePassword, totp } from "../support/factor";
import { codeSentTo } from "../support/mailbox";
import { faultsOnPhone, PHONE } from "../support/phone";
import { PASSWORD, PEOPLE } from "../support/people";
import { expect, expectAccessible, SCREEN, signIn, test } from "../support/test";

const NOOR = { name: "Noor Haddad", email: "noor.haddad@prairie.example.com", password: "a quiet winter sentence", own: "mauve tripod cactus" };

test("somebody new sets up a second factor on the phone, and signs in with it", async ({ as, browser, baseURL }) => {
  const administrator = await as("administrator");
  await administrator.goto("/admin/people");
  await expect(administrator.getByRole("row", { name: /Dana Whitfield/ })).toBeVisible();
  await administrator.keyboard.press("n");
  await administrator.getByLabel("Name", { exact: true }).fill(NOOR.name);
  await administrator.getByLabel("E-mail", { exact: true }).fill(NOOR.email);
  await administrator.getByLabel(/^Send an invitation by mail/).uncheck();
  await administrator.getByLabel("First password").fill(NOOR.password);
  await administrator.getByRole("form", { name: "Add a person" }).getByRole("button", { name: "Add a person" }).click();
  await expect(administrator.getByRole("row", { name: /Noor Haddad/ })).toBeVisible();

  const phone = await browser.newContext({ ...PHONE, baseURL: baseURL ?? "" });
  const page = await phone.newPage();
  await page.goto("/sign-in");
  await signIn(page, NOOR.email, NOOR.password);
  await expect(page.getByRole("heading", { name: "Set up your second factor", level: 1 })).toBeVisible();
  await expect(page.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  await expectAccessible(page);
  expect(await faultsOnPhone(page)).toEqual([]);
  // A wrong code is said, and the right one is still taken.
  await page.getByLabel("Code of the authenticator app").fill("000000");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("each code works once");
  const { codes } = await enrol(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await replacePassword(page, NOOR.own);
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await phone.close();

  // At the desk, by keyboard: the phone is at home.
  const desk = await browser.newContext({ ...SCREEN, baseURL: baseURL ?? "" });
  const tab = await desk.newPage();
  await tab.goto("/inventory");
  await signIn(tab, NOOR.email, NOOR.own);
  await expect(tab.getByRole("heading", { name: "Confirm that it is you", level: 1 })).toBeVisible();
  await expect(tab.getByLabel("Code of the authenticator app")).toBeFocused();
  await expectAccessible(tab);
  await tab.getByRole("button", { name: "Use a recovery code" }).click();
  await tab.getByLabel("Recovery code").fill(codes[0] ?? "");
  await tab.keyboard.press("Enter");
  await expect(tab.getByRole("heading", { name: "Inventory", level: 1 })).toBeVisible();

  // A second app, and the first one goes.
  await tab.getByRole("button", { name: /^Account of/ }).click();
  await tab.getByRole("menuitem", { name: "Your account" }).click();
  await expect(tab.getByText("9 recovery codes are left.")).toBeVisible();
  await tab.getByRole("button", { name: "Add an authenticator app" }).click();
  const uri = await tab.getByRole("link", { name: "Open in the app" }).getAttribute("href");
  await tab.getByLabel("Name it, to tell several apart").fill("Tablet");
  await tab.getByLabel("Code of the authenticator app").fill(totp(new URL(uri ?? "").searchParams.get("secret") ?? ""));
  await tab.keyboard.press("Enter");
  const factors = tab.getByRole("list", { name: "Second factors" });
  await expect(factors.getByRole("listitem").filter({ hasText: "Tablet" })).toBeVisible();
  await tab.getByRole("button", { name: "Remove Authenticator app" }).click();
  await expect(factors.getByRole("listitem")).toHaveCount(1);
  await tab.getByRole("button", { name: "Remove Tablet" }).click();
  await expect(tab.getByRole("alert")).toContainText("set another one up");
  await expectAccessible(tab);
  await desk.close();
});

test("a sensitive act asks first who is there", async ({ page }) => {
  await page.goto("/account");
  await signIn(page, PEOPLE.salesperson.email, PASSWORD);
  await expect(page.getByRole("heading", { name: "Your account", level: 1 })).toBeVisible();
  let asked = false;
  // As after ten minutes: the server wants a proof before it goes on.
  await page.route("**/api/v1/auth/factors/totp", async (route) => {
    if (asked) return route.continue();
    asked = true;
    const problem = { type: "/problems/confirmation-required", title: "Confirm", status: 403, code: "confirmation-required", detail: "prove again who you are" };
    return route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify(problem) });
  });
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  await expect(dialog.getByLabel("Your password")).toBeFocused();
  await expectAccessible(page);
  await dialog.getByLabel("Your password").fill("not the password");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByLabel("Your password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
});

test("a passkey is made at the first sign-in, and signs in from then on", async ({ as, browser, baseURL }) => {
  const administrator = await as("administrator");
  await administrator.goto("/admin/people");
  await expect(administrator.getByRole("row", { name: /Dana Whitfield/ })).toBeVisible();
  await administrator.keyboard.press("n");
  await administrator.getByLabel("Name", { exact: true }).fill("Teo Marsh");
  await administrator.getByLabel("E-mail", { exact: true }).fill("teo.marsh@prairie.example.com");
  await administrator.getByLabel(/^Send an invitation by mail/).uncheck();
  await administrator.getByLabel("First password").fill("a quiet summer sentence");
  await administrator.getByRole("form", { name: "Add a person" }).getByRole("button", { name: "Add a person" }).click();
  await expect(administrator.getByRole("row", { name: /Teo Marsh/ })).toBeVisible();

  const context = await browser.newContext({ ...SCREEN, baseURL: baseURL ?? "" });
  const page = await context.newPage();
  // An authenticator in the computer, as Chromium has it for tests: what it signs is signed for real.
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await page.goto("/sign-in");
  await signIn(page, "teo.marsh@prairie.example.com", "a quiet summer sentence");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("button", { name: "I have kept them" }).click();
  await replacePassword(page, "ochre lantern walrus");
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();

  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await signIn(page, "teo.marsh@prairie.example.com", "ochre lantern walrus");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await page.goto("/account");
  await expect(page.getByRole("list", { name: "Second factors" }).getByText(/^Passkey of/)).toBeVisible();
  await context.close();
});

test("codes come by mail: set up on the phone at the first sign-in, and used from then on", async ({ as, browser, baseURL }) => {
  const VERA = { name: "Vera Lindqvist", email: "vera.lindqvist@prairie.example.com", password: "a quiet autumn sentence", own: "granite lantern otter" };
  const administrator = await as("administrator");
  await administrator.goto("/admin/people");
  await expect(administrator.getByRole("row", { name: /Dana Whitfield/ })).toBeVisible();
  await administrator.keyboard.press("n");
  await administrator.getByLabel("Name", { exact: true }).fill(VERA.name);
  await administrator.getByLabel("E-mail", { exact: true }).fill(VERA.email);
  await administrator.getByLabel(/^Send an invitation by mail/).uncheck();
  await administrator.getByLabel("First password").fill(VERA.password);
  await administrator.getByRole("form", { name: "Add a person" }).getByRole("button", { name: "Add a person" }).click();
  await expect(administrator.getByRole("row", { name: /Vera Lindqvist/ })).toBeVisible();

  const phone = await browser.newContext({ ...PHONE, baseURL: baseURL ?? "" });
  const page = await phone.newPage();
  await page.goto("/sign-in");
  await signIn(page, VERA.email, VERA.password);
  // Nothing carries text messages here, so they are not offered.
  await expect(page.getByRole("button", { name: "Have codes sent as texts" })).toHaveCount(0);
  await page.getByRole("button", { name: "Have codes sent by e-mail" }).click();
  await page.getByRole("button", { name: "Send the code" }).click();
  const field = page.getByLabel("Code of the message");
  await expect(field).toBeFocused();
  await expect(page.getByRole("status")).toContainText("v•••@prairie.example.com");
  await expectAccessible(page);
  expect(await faultsOnPhone(page)).toEqual([]);
  const first = await codeSentTo(VERA.email);
  await field.fill(first);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "I have kept them" }).click();
  await replacePassword(page, VERA.own);
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await phone.close();

  const desk = await browser.newContext({ ...SCREEN, baseURL: baseURL ?? "" });
  const tab = await desk.newPage();
  await tab.goto("/inventory");
  await signIn(tab, VERA.email, VERA.own);
  await expect(tab.getByRole("heading", { name: "Confirm that it is you", level: 1 })).toBeVisible();
  await tab.getByRole("button", { name: "Send the code" }).click();
  await expect(tab.getByLabel("Code of the message")).toBeFocused();
  await expectAccessible(tab);
  await tab.getByLabel("Code of the message").fill(first);
  await tab.keyboard.press("Enter");
  await expect(tab.getByRole("alert")).toContainText("each code works once");
  await tab.getByLabel("Code of the message").fill(await codeSentTo(VERA.email, first));
  await tab.keyboard.press("Enter");
  await expect(tab.getByRole("heading", { name: "Inventory", level: 1 })).toBeVisible();
  // One address, one factor: it is not offered twice.
  await tab.goto("/account");
  await expect(tab.getByRole("list", { name: "Second factors" }).getByText("E-mail code")).toBeVisible();
  await expect(tab.getByRole("button", { name: "Have codes sent by e-mail" })).toHaveCount(0);
  await desk.close();
});

test("one sees where one is signed in and ends a session; the store says how long it may last", async ({ as, browser, baseURL }) => {
  const elsewhere = await browser.newContext({ ...SCREEN, baseURL: baseURL ?? "" });
  const other = await elsewhere.newPage();
  await other.goto("/sign-in");
  await signIn(other, "robin.castellano@prairie.example.com", PASSWORD);
  await expect(other.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  const here = await browser.newContext({ ...SCREEN, baseURL: baseURL ?? "" });
  const page = await here.newPage();
  await page.goto("/account");
  await signIn(page, "robin.castellano@prairie.example.com", PASSWORD);
  const sessions = page.getByRole("list", { name: "Where you are signed in" }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await page.getByRole("button", { name: /^End the session of/ }).click();
  await expect(sessions).toHaveCount(1);
  // Within a second it no longer works there: the page goes back to the sign-in, by itself when its stream of changes ends
  // or with the next step.
  await other.waitForTimeout(1_000);
  const signedOut = other.getByRole("heading", { name: "Sign in", level: 1 });
  const customers = other.getByRole("link", { name: "Customers" });
  await expect(async () => {
    if (!(await signedOut.isVisible())) await customers.click({ timeout: 1_000 });
    await expect(signedOut).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await elsewhere.close();
  await here.close();

  const administrator = await as("administrator");
  await administrator.goto("/admin/sessions");
  const idle = administrator.getByLabel("Minutes without use");
  const before = await idle.inputValue();
  await idle.fill("5");
  await administrator.keyboard.press("Enter");
  await expect(idle).toHaveAttribute("aria-invalid", "true");
  await idle.fill(before === "600" ? "660" : "600");
  await administrator.keyboard.press("Enter");
  await expect(administrator.getByText("✓ Saved")).toBeVisible();
});
