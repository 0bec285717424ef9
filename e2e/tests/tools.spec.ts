import type { Page } from "@playwright/test";
import { figure, openDeal, startDeal } from "../support/deals";
import { expect, expectAccessible, test } from "../support/test";

async function pencil(page: Page, number: number) {
  await page.keyboard.press("F1");
  await expect(page.getByText(`pencil ${number}`, { exact: true }).first()).toBeVisible();
}

function field(page: Page, name: string) {
  return page.getByRole("textbox", { name, exact: true });
}

test("a grid is walked by keys and a cell taken into its column", async ({ as }) => {
  const page = await as("salesperson");
  await startDeal(page, { search: "kessler", name: "Donald Kessler" }, "N2604");
  await pencil(page, 1);
  await page.keyboard.press("F4");
  const grid = page.getByRole("grid");
  const own = grid.locator("[aria-current=true]");
  await expect(own).toBeFocused();
  const before = (await own.innerText()).trim();
  await expect(figure(page, "Payment", "Finance")).toContainText(before.split(/\s/)[0] ?? "");
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  const cell = grid.locator("td:focus");
  const payment = (await cell.innerText()).trim();
  await page.keyboard.press("Enter");
  await expect(field(page, "Cash down")).toHaveValue("1,000.00");
  await expect(figure(page, "Payment", "Finance")).toContainText(payment);
  await page.keyboard.press("Control+z");
  await expect(field(page, "Cash down")).toHaveValue("0.00");
  await page.keyboard.press("Control+Shift+z");
  await expect(field(page, "Cash down")).toHaveValue("1,000.00");
  await page.keyboard.press("Escape");
  await expect(grid).toBeHidden();
});

test("a column is rolled to a payment; what it takes is shown before it is taken", async ({ as }) => {
  const page = await as("salesperson");
  await startDeal(page, { search: "greer", name: "Samuel Greer" }, "N2612");
  await pencil(page, 1);
  const payment = figure(page, "Payment", "Finance");
  await payment.focus();
  await page.keyboard.press("F5");
  const panel = page.getByRole("complementary", { name: "Details" });
  await expect(panel.getByRole("textbox")).toBeFocused();
  const down = await field(page, "Cash down").inputValue();
  await page.keyboard.type("599");
  await expect(panel.getByText("Reached to the cent")).toBeVisible();
  await expect(panel.getByRole("row", { name: /^Payment .* 599\.00$/ })).toBeVisible();
  await expect(field(page, "Cash down")).toHaveValue(down);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(payment).toContainText("599.00");
  // A rate is quoted in hundredths of a percent: one of the two nearest is chosen.
  await payment.focus();
  await page.keyboard.press("r");
  await page.keyboard.type("601");
  await panel.getByRole("radio", { name: "Rate" }).check();
  await expect(panel.getByText("Not reached to the cent.", { exact: false })).toBeVisible();
  await panel.getByRole("radio", { name: /· Rate/ }).nth(1).check();
  await panel.getByRole("button", { name: "Apply" }).click();
  await expect(payment).toContainText(/601\.\d\d/);
});

test("what was agreed is not offered to who may not change it", async ({ as }) => {
  const page = await as("salesperson");
  const number = await startDeal(page, { search: "pike", name: "Gordon Pike" }, "N2607");
  await pencil(page, 1);
  await page.keyboard.press("F2");
  await expect(page.getByRole("main").getByText("submitted", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Roll to a payment" })).toBeHidden();
  const finance = await as("finance");
  await openDeal(finance, number);
  await expect(field(finance, "Price")).not.toBeEditable();
  await figure(finance, "Payment", "Finance").focus();
  await finance.keyboard.press("r");
  const panel = finance.getByRole("complementary", { name: "Details" });
  await expect(panel.getByRole("radio", { name: "Cash down" })).toBeVisible();
  await expect(panel.getByRole("radio", { name: "Price" })).toHaveCount(0);
});

test("a deal is copied for somebody else and says where it comes from", async ({ as }) => {
  const page = await as("salesperson");
  const number = await startDeal(page, { search: "moretti", name: "Bianca Moretti" }, "N2622");
  await pencil(page, 1);
  await page.keyboard.press("F3");
  const panel = page.getByRole("complementary", { name: "Details" });
  await panel.getByRole("group", { name: "Customer" }).getByText("another").click();
  await panel.getByRole("combobox", { name: "Customer" }).fill("prentiss");
  await panel.getByRole("option", { name: /Prentiss/ }).first().click();
  await expect(panel.getByText("Olivia Prentiss")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Prentiss");
  await expect(page.getByText("pencil 1", { exact: true }).first()).toBeVisible();
  await page.keyboard.press("h");
  await expect(page.getByText(`Copied from ${number}`)).toBeVisible();
});

test("two pencils against each other, and an older one brought back", async ({ as }) => {
  const page = await as("salesperson");
  await startDeal(page, { search: "rahman", name: "Aisha Rahman" }, "N2614");
  await field(page, "Cash down").fill("1000");
  await pencil(page, 1);
  await field(page, "Cash down").fill("3000");
  await pencil(page, 2);
  await page.keyboard.press("Escape");
  await page.keyboard.press("h");
  const compare = page.getByRole("region", { name: "Compare" });
  await expect(compare.getByRole("row", { name: "Cash down 1,000.00 3,000.00" })).toBeVisible();
  await expect(compare.getByRole("row", { name: /^Payment, Finance/ })).toBeVisible();
  await expect(compare.getByText(/What moved it, Finance/)).toBeVisible();
  await expectAccessible(page);
  await compare.getByRole("button", { name: "Load pencil 1" }).click();
  await expect(field(page, "Cash down")).toHaveValue("1,000.00");
  await expect(page.getByText("unsaved changes")).toBeVisible();
  await pencil(page, 3);
  await expect(page.getByText("“From pencil 1”")).toBeVisible();
});

test("every key of the page is listed, and the palette is honest", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/desk?q=kessler");
  await page.getByRole("link", { name: /^D-/ }).first().click();
  await expect(page.getByRole("group", { name: "Tools" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  for (const name of ["Grid", "Copy the deal", "Proposal", "Find anything"]) await expect(list.getByText(name, { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("new");
  await expect(page.getByRole("option", { name: "New deal" }).first()).toBeVisible();
  await page.getByRole("dialog").getByRole("combobox").fill("add a vehicle");
  await expect(page.getByText("Nothing found", { exact: false })).toBeVisible();
  await page.getByRole("dialog").getByRole("combobox").fill("grid");
  await expect(page.getByRole("option", { name: /Grid/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Grid" })).toBeVisible();
});

test("a proposal shows what is offered and nothing of what the store earns", async ({ as }) => {
  const page = await as("manager");
  await page.goto("/desk?q=rivera");
  await page.getByRole("link", { name: /^D-/ }).last().click();
  await expect(page.getByRole("group", { name: "Tools" })).toBeVisible();
  await page.getByRole("button", { name: "Proposal" }).click();
  const paper = page.getByRole("article", { name: "Proposal" });
  await expect(paper.getByText("Elena Rivera")).toBeVisible();
  await expect(paper.getByText("Demonstration.", { exact: false })).toBeVisible();
  await expect(paper.getByText("not a contract", { exact: false })).toBeVisible();
  await expect(paper.getByText(/front gross|back gross|total gross|reserve|holdback|\bACV\b/i)).toHaveCount(0);
  await expect(paper.getByRole("columnheader", { name: "Cash" })).toBeVisible();
  await page.getByRole("checkbox", { name: "Cash" }).uncheck();
  await expect(paper.getByRole("columnheader", { name: "Cash" })).toHaveCount(0);
  await expectAccessible(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(paper).toBeVisible();
});

test("the other one is seen, and each change finds its owner", async ({ as }) => {
  const sales = await as("salesperson");
  const number = await startDeal(sales, { search: "haddad", name: "Leila Haddad" }, "N2610");
  await pencil(sales, 1);
  const manager = await as("manager");
  await openDeal(manager, number);
  await expect(sales.getByText("Marcus Hale is also here", { exact: true })).toBeVisible();
  await expect(manager.getByText("Alex Romero is also here", { exact: true })).toBeVisible();
  await field(manager, "Cash down").fill("1500");
  await expect(sales.getByText("Marcus Hale is also here, editing")).toBeVisible();
  await field(sales, "Price").fill("51000");
  await pencil(sales, 2);
  await expect(manager.getByRole("group", { name: "Whose value: Price" }).getByRole("radio", { name: "Theirs" })).toBeChecked();
  await expect(manager.getByRole("group", { name: "Whose value: Cash down" }).getByRole("radio", { name: "Mine" })).toBeChecked();
  await expectAccessible(manager);
  await manager.getByRole("button", { name: "Go on with what is chosen" }).click();
  await expect(field(manager, "Price")).toHaveValue("51,000.00");
  await expect(field(manager, "Cash down")).toHaveValue("1,500.00");
  await manager.close();
  await expect(sales.getByText("is also here", { exact: false })).toBeHidden({ timeout: 30_000 });
});
