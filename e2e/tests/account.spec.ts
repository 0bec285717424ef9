// From an invitation to the first password, from a request for access to its approval, and a forgotten password: on a
// machine without a mail server, where the mail log shows what leads nobody into somebody's account.
import { expect, expectAccessible, test } from "../support/test";

test("an invited person chooses a password with the link in the mail log", async ({ as, browser }) => {
  const page = await as("administrator");
  await page.goto("/admin/people");
  await expect(page.getByRole("row", { name: /Dana Whitfield/ })).toContainText("you");
  await page.keyboard.press("n");
  await page.getByLabel("Name", { exact: true }).fill("Ines Calder");
  await page.getByLabel("E-mail", { exact: true }).fill("ines.calder@prairie.example.com");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("row", { name: /Ines Calder/ })).toContainText("invited");

  await page.getByRole("link", { name: "Mail log" }).click();
  const row = page.getByRole("row", { name: /has given you access.*Ines Calder/ });
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText("filed", { timeout: 1_000 });
  }).toPass();
  await expectAccessible(page);
  await row.getByRole("button").focus();
  await page.keyboard.press("Enter");
  const message = page.getByRole("dialog");
  await expect(message).toContainText("/welcome#token=");
  await expectAccessible(page);
  const link = /http\S+\/welcome#token=\S+/.exec(await message.innerText())?.[0] ?? "";

  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: "block" })).newPage();
  await phone.goto(link);
  await expect(phone.getByRole("heading", { level: 1, name: /^Welcome to/ })).toBeVisible();
  await expectAccessible(phone);
  await phone.keyboard.type("password1234");
  await phone.keyboard.press("Enter");
  await expect(phone.getByLabel("New password")).toHaveAttribute("aria-invalid", "true");
  await phone.getByLabel("New password").fill("mauve tripod cactus");
  await phone.keyboard.press("Enter");
  await expect(phone.getByRole("heading", { level: 1, name: "Your password is set" })).toBeVisible();
  await phone.goto("about:blank");
  await phone.goto(link);
  await expect(phone.getByRole("heading", { level: 1, name: "This link is no longer good" })).toBeVisible();
  await phone.context().close();
});

test("whoever asks for access confirms the address and is approved", async ({ as, browser }) => {
  const page = await as("administrator");
  await page.goto("/admin/people");
  await page.getByLabel("People may ask for access themselves").check();
  const door = await page.getByRole("region", { name: "Requests for access" }).getByRole("link").innerText();

  const guest = await (await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: "block" })).newPage();
  await guest.goto(new URL(door).pathname + new URL(door).search);
  await expect(guest.getByRole("heading", { level: 1, name: /^Ask for access to/ })).toBeVisible();
  await expectAccessible(guest);
  await guest.getByLabel("Your name").fill("Nell Newcomer");
  await guest.getByLabel("E-mail").fill("nell@newcomer.example.com");
  await guest.keyboard.press("Enter");
  await expect(guest.getByRole("status")).toContainText("nell@newcomer.example.com");

  await page.goto("/admin/mail");
  const row = page.getByRole("row", { name: /Confirm your address.*Nell Newcomer/ });
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText("filed", { timeout: 1_000 });
  }).toPass();
  await row.getByRole("button").click();
  await expect(page.getByRole("dialog")).toContainText("/confirm-address#token=");
  const link = /http\S+\/confirm-address#token=\S+/.exec(await page.getByRole("dialog").innerText())?.[0] ?? "";
  await guest.goto(link);
  await guest.getByRole("button", { name: "Confirm" }).click();
  await expect(guest.getByRole("heading", { level: 1, name: "Your address is confirmed" })).toBeVisible();
  await guest.context().close();

  await page.goto("/admin/people");
  await page.getByRole("button", { name: "Approve Nell Newcomer" }).click();
  await expect(page.getByRole("row", { name: /Nell Newcomer/ })).toContainText("invited");
  await page.getByLabel("People may ask for access themselves").uncheck();
});

test("a forgotten password is asked for, and the log does not show the way into the account", async ({ as, browser }) => {
  const guest = await (await browser.newContext({ serviceWorkers: "block" })).newPage();
  await guest.goto("/sign-in");
  await guest.getByRole("link", { name: "Forgotten your password?" }).click();
  await guest.getByLabel("E-mail").fill("finance@prairie.example.com");
  await guest.keyboard.press("Enter");
  await expect(guest.getByRole("status")).toContainText("Look into your mail");
  await expectAccessible(guest);
  await guest.context().close();

  const page = await as("administrator");
  await page.goto("/admin/mail");
  const row = page.getByRole("row", { name: /Set a new password.*Priya Raman/ });
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText("filed", { timeout: 1_000 });
  }).toPass();
  await row.getByRole("button").click();
  await expect(page.getByRole("dialog")).toContainText("[only in the message itself]");
  await expect(page.getByRole("dialog")).not.toContainText("token=");
});
