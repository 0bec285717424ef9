import { expect, expectAccessible, test } from "../support/test";

test("a deal's taxes by ZIP, with the law behind them, shared by its address", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/desk");
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await page.keyboard.press("t");
  await expect(page.getByRole("heading", { name: "What is the tax?" })).toBeVisible();
  await page.keyboard.press("e");
  await expect(page.getByLabel("ZIP", { exact: true })).toBeFocused();
  await page.keyboard.type("75204");
  await expect(page.getByLabel("State", { exact: true })).toHaveValue("TX");
  await page.getByLabel("Price", { exact: true }).fill("41,250");
  await page.getByLabel("Trade allowance").fill("11500");
  await page.getByLabel("Rebate", { exact: true }).fill("500");
  // Texas Tax Code 152.021: 6.25 % of 41,250.00 - 500.00 - 11,500.00.
  const tax = page.getByRole("button", { name: /^Why Motor vehicle sales tax of 1,828\.13/ });
  await expect(tax).toBeVisible();
  await expect(page.getByRole("row", { name: /Motor vehicle sales tax/ })).toContainText("Tax Code 152.002");
  await tax.focus();
  await page.keyboard.press("?");
  const why = page.getByRole("complementary", { name: "Why?" });
  await expect(why).toContainText("29,250.00");
  await expect(why).toContainText("verified");
  await page.keyboard.press("Escape");
  await expect(why).toBeHidden();
  await expect(tax).toBeFocused();
  await expect(page).toHaveURL(/price=/);
  await page.reload();
  await expect(tax).toBeVisible();
  await page.getByLabel("Price", { exact: true }).fill("lots");
  await expect(page.getByLabel("Price", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("These figures belong to what stood here before.")).toBeVisible();
});

test("a ZIP with more than one rate asks where the address is", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/taxes");
  await page.getByLabel("ZIP", { exact: true }).fill("90232");
  await page.getByLabel("Price", { exact: true }).fill("40000");
  const question = page.getByRole("group", { name: /90232 lies in Los Angeles County/ });
  await expect(question.getByRole("button")).toHaveCount(2);
  await expectAccessible(page);
  await question.getByRole("button", { name: /Culver City/ }).click();
  // CDTFA-95: Culver City 10.75 % = 7.25 % statewide and 3.5 % district taxes.
  await expect(page.getByRole("button", { name: /of 1,400\.00/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /of 4,300\.00/ })).toBeVisible();
  await page.getByLabel("ZIP", { exact: true }).fill("00000");
  await expect(page.getByText("No address has this ZIP code.")).toBeVisible();
});

test("a lease is not computed on terms nobody typed", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/taxes?state=TX&price=40000");
  await page.getByText("Lease", { exact: true }).click();
  await expect(page.getByText(/no rate is invented/)).toBeVisible();
  await page.getByLabel("Months").fill("36");
  await page.getByLabel("Money factor").fill(".00185");
  await page.getByLabel("Residual amount").fill("23000");
  await expect(page.getByRole("table", { name: "Taxes" })).toContainText("by the lessor");
});

test("the states' rules are found and opened by keys", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/taxes");
  await expect(page.getByRole("heading", { name: "Tax explorer" })).toBeVisible();
  await page.keyboard.press("s");
  await expect(page.getByRole("heading", { name: "Tax rules by state", level: 1 })).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(52);
  await page.keyboard.press("/");
  await page.keyboard.type("texas");
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Texas", level: 1 })).toBeVisible();
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "Texas" [level=1]
      - paragraph: Motor vehicle sales and use tax
      - region "Versions"
      - region "The rules in words":
        - heading "The rules in words" [level=2]
        - heading "Sale" [level=3]
        - heading "Trade-in" [level=3]
        - heading "Rebates" [level=3]
        - heading "Documentation fee" [level=3]
      - region "Taxes on a sale"
      - region "Taxes on a lease"
      - region "Fees"
      - region "Limit on the documentation fee"
      - region "Limits on the price of credit"
      - region "Local rates"
  `);
  await page.getByRole("link", { name: "From Jan 1, 2025" }).click();
  await expect(page).toHaveURL(/date=/);
  await expect(page.getByText("Newer rules follow on", { exact: false })).toBeVisible();
});

test("an administrator sets where new deals register; a salesperson is not offered to", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/taxes");
  await expect(page.getByRole("heading", { name: "Tax explorer" })).toBeVisible();
  await page.keyboard.press("g");
  await expect(page.getByRole("heading", { name: "Tax settings", level: 1 })).toBeVisible();
  const fee = page.getByLabel("Documentation fee");
  const before = await fee.inputValue();
  await page.getByLabel("State", { exact: true }).selectOption("TX");
  await page.getByLabel("ZIP", { exact: true }).fill("78701");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("✓ Saved")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByLabel("ZIP", { exact: true })).toHaveValue("78701");
  await expect(fee).toHaveValue(before);
  await page.getByLabel("State", { exact: true }).selectOption("");
  await page.getByLabel("ZIP", { exact: true }).fill("");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("✓ Saved")).toBeVisible();

  const other = await as("salesperson");
  await other.goto("/taxes");
  await expect(other.getByRole("heading", { name: "Tax explorer" })).toBeVisible();
  await expect(other.getByRole("button", { name: /^Settings/ })).toBeHidden();
});

const HEAD = "county,area,level,tax,name,rate,effective";
const table = (...lines: string[]) => ({ name: "kansas.csv", mimeType: "text/csv", buffer: Buffer.from([HEAD, ...lines, ""].join("\n")) });

test("a table of rates is looked at, mended, imported and withdrawn", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/taxes");
  await expect(page.getByRole("heading", { name: "Tax explorer" })).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByRole("heading", { name: "Local rate tables", level: 1 })).toBeVisible();
  await page.getByLabel("File").setInputFiles(table("Leavenworth,,county,,Leavenworth County,lots,2026-10-01"));
  await page.getByLabel("State").selectOption("KS");
  await page.getByLabel("Source").fill("Kansas, Publication KS-1700");
  await page.getByLabel("List of").fill("2026-10-01");
  await page.keyboard.press("Control+Enter");
  const faults = page.getByRole("table", { name: "Faults by line" });
  await expect(faults.getByRole("row").nth(1)).toContainText(/^2rate/);
  await expect(page.getByRole("button", { name: /^Import/ })).toBeDisabled();
  await expectAccessible(page);

  await page.getByLabel("File").setInputFiles(table("Leavenworth,,county,,Leavenworth County,0.0125,2026-10-01"));
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("table", { name: "Some of the changes" })).toBeVisible();
  await expect(page.getByText(/It holds from Oct 1, 2026/)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Control+Enter");
  const imports = page.getByRole("region", { name: "Imports" });
  const row = imports.getByRole("listitem").filter({ hasText: "KS-1700" }).first();
  await expect(row).toContainText("in force");

  await row.getByRole("button", { name: /^Withdraw/ }).click();
  await page.getByLabel("Why?").fill("Last quarter's");
  await page.keyboard.press("Enter");
  await expect(row).toContainText("withdrawn");
  await expect(row).toContainText("Last quarter's");
});

test("who may not see the store's settings is told so", async ({ as }) => {
  const page = await as("salesperson");
  for (const path of ["/admin/rates", "/admin/taxes"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: "This page is not part of your role." })).toBeVisible();
    await expectAccessible(page);
  }
});

for (const scheme of ["light", "dark"] as const) {
  for (const width of [390, 1440]) {
    test(`the tax pages at ${width} px in ${scheme}`, async ({ as }) => {
      const page = await as("administrator");
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      for (const path of ["/taxes", "/taxes?state=TX&price=40000", "/taxes/states", "/taxes/states/CA", "/admin/taxes", "/admin/rates"]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        if (path.includes("price")) await expect(page.getByRole("table", { name: "Taxes" })).toBeVisible();
        await expectAccessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      }
    });
  }
}
