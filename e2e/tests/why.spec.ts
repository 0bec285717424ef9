import { figure, openDeal } from "../support/deals";
import { expect, test } from "../support/test";

test("any figure answers why: formula, inputs with their own steps, law, source and date", async ({ as }) => {
  const page = await as("manager");
  await page.goto("/desk?q=rivera");
  await page.getByRole("row", { name: /Elena Rivera/ }).first().getByRole("link").click();
  const tax = figure(page, "Tax", "Cash");
  await tax.focus();
  await page.keyboard.press("?");
  const panel = page.getByRole("complementary", { name: "Details" });
  await expect(panel.getByRole("heading", { name: /^Tax/ })).toBeVisible();
  await panel.getByRole("list", { name: "From" }).getByRole("button").first().click();
  await expect(panel.getByText("Tax Code 152.002, 152.021")).toBeVisible();
  await expect(panel.getByText(/rule checked \w+ \d+, \d{4}/)).toBeVisible();
  await expect(panel.getByText(/^. (verified|unverified)$/)).toBeVisible();

  // Esc steps back: to the question before, then to the figure.
  await page.keyboard.press("Escape");
  await expect(panel.getByRole("heading", { name: /^Tax/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(tax).toBeFocused();
});

test("a lease capitalises one fee and pays the others at signing, by the keyboard", async ({ as }) => {
  const page = await as("manager");
  await page.goto("/desk?q=rivera");
  await page.getByRole("row", { name: /Elena Rivera/ }).first().getByRole("link").click();
  const amount = async (name: string) => Number((await figure(page, name, "Lease").innerText()).replaceAll(",", ""));
  const [signing, cap] = [await amount("Due at signing"), await amount("Gross cap cost")];
  await figure(page, "Fees", "Lease").focus();
  await page.keyboard.press("?");
  const title = page.getByRole("group", { name: "In the capitalised cost" }).getByRole("checkbox", { name: "Title" });
  await expect(title).not.toBeChecked();
  await title.focus();
  await page.keyboard.press("Space");
  // The title is 33.00 (Texas Transportation Code 501.138): it leaves the signing, but for the cents it adds to the payment.
  await expect.poll(() => amount("Gross cap cost")).toBeCloseTo(cap + 33, 2);
  expect(signing - (await amount("Due at signing"))).toBeGreaterThan(31);
  await expect(page.getByText("unsaved changes")).toBeVisible();
});

test("every figure on the screen has its step", async ({ as }) => {
  const page = await as("manager");
  await page.goto("/desk?q=rivera");
  await page.getByRole("row", { name: /Elena Rivera/ }).first().getByRole("link").click();
  const figures = page.getByRole("region", { name: "Ways to pay" }).getByRole("button", { name: /^Why / });
  await expect(figures.first()).toBeVisible();
  const panel = page.getByRole("complementary", { name: "Details" });
  for (const each of await figures.all()) {
    await each.click();
    await expect(panel.getByText("typed", { exact: true }), await each.getAttribute("aria-label") ?? "").toBeHidden();
    await expect(panel.getByRole("heading", { level: 3 })).toBeVisible();
  }
});

test("a wrong input says so at its field and keeps the last good figures", async ({ as }) => {
  const page = await as("manager");
  await page.goto("/desk?q=rivera");
  const number = await page.getByRole("row", { name: /Elena Rivera/ }).first().getByRole("link").innerText();
  await openDeal(page, number);
  const payment = await figure(page, "Payment", "Finance").innerText();
  const price = page.getByRole("textbox", { name: "Price", exact: true });
  await price.fill("forty");
  await expect(page.getByText("An amount such as 41250 or 41,250.00")).toBeVisible();
  await expect(price).toHaveAttribute("aria-invalid", "true");
  await expect(figure(page, "Payment", "Finance")).toHaveText(payment);
  await expect(page.getByRole("button", { name: /^Pencil/ })).toBeDisabled();
  await price.fill("99999999");
  await expect(price).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("textbox", { name: /^Rate.*Finance/ }).fill("400");
  await expect(page.getByRole("textbox", { name: /^Rate.*Finance/ })).toHaveAttribute("aria-invalid", "true");
});
