import { PASSWORD, PEOPLE } from "../support/people";
import { expect, expectAccessible, SCREEN, signIn, test } from "../support/test";

test("a customer is made in the middle of a deal", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/deals/new");
  await page.getByRole("combobox", { name: "Customer" }).fill("Ilse Vandermeer");
  await page.getByRole("option", { name: /New customer/ }).click();
  await expect(page.getByLabel("First name")).toHaveValue("Ilse");
  await expect(page.getByLabel("Last name")).toHaveValue("Vandermeer");
  await page.getByLabel("Phone").fill("214 555 0177");
  await page.getByLabel("E-mail").fill("not an address");
  await page.getByRole("button", { name: /^Create the customer/ }).click();
  await expect(page.getByLabel("E-mail")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("E-mail").fill("ilse@example.com");
  await page.getByLabel("County").fill("Dallas");
  await page.getByRole("button", { name: /^Create the customer/ }).click();
  await expect(page.getByText("Ilse Vandermeer")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Vehicle" })).toBeVisible();
});

test("a name that nobody has becomes a new customer by keys alone", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/deals/new");
  await expect(page.getByRole("combobox", { name: "Customer" })).toBeFocused();
  await page.keyboard.type("brandvold");
  await expect(page.getByRole("option", { name: /New customer/ })).toBeVisible();
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Last name")).toHaveValue("Brandvold");
  await expect(page.getByLabel("First name")).toBeFocused();
  await page.keyboard.type("Sunniva");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText("Sunniva Brandvold")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Vehicle" })).toBeFocused();
});

test("customers are found by name and phone", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/customers");
  const search = page.getByRole("searchbox");
  await search.fill("oduya");
  await expect(page.getByRole("link", { name: "Oduya, Raymond" })).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(2);
});

test("a vehicle with a wrong check digit is refused at its field", async ({ as }) => {
  const page = await as("manager");
  await page.goto("/inventory/new");
  await page.getByLabel("Stock number").fill("U9901");
  await page.getByLabel("VIN").fill("4S4BTACC1N3100001");
  await page.getByLabel("Model year").fill("2022");
  await page.getByLabel("Make").fill("Subaru");
  await page.getByLabel("Model", { exact: true }).fill("Outback");
  await page.getByLabel("Odometer, miles").fill("31,200");
  await page.getByLabel(/^Price/).fill("27,995");
  const add = page.getByRole("button", { name: /^Add a vehicle/ });
  await add.click();
  await expect(page.getByLabel("VIN")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("VIN").fill("4S4BTACC0N3100001");
  await add.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("2022 Subaru Outback");
});

test("stock is filtered, and the address keeps the filter", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/inventory");
  await page.getByText("Used", { exact: true }).first().click();
  await expect(page).toHaveURL(/condition=used/);
  await expect(page.getByRole("row", { name: /^U4403/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^N26/ })).toHaveCount(0);
});

test("a complete VIN is read while the vehicle is typed, and disagreement stops nobody", async ({ as }) => {
  const page = await as("manager");
  await page.goto("/inventory/new");
  const vin = page.getByLabel("VIN", { exact: true });
  await vin.fill("4s4btacc1n3100002");
  await expect(page.getByText(/check digit .* must be/)).toBeVisible();
  await expect(vin).not.toHaveAttribute("aria-invalid", "true");
  await vin.fill("4S4BTACC2N3100002");
  await expect(page.getByText("The VIN reads: Subaru of Indiana Automotive, 2022.")).toBeVisible();
  await page.getByLabel("Make").fill("Honda");
  await expect(page.getByText(/The VIN says Subaru, not Honda/)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Stock number").fill("U9902");
  await page.getByLabel("Model year").fill("2022");
  await page.getByLabel("Model", { exact: true }).fill("Outback");
  await page.getByLabel("Odometer, miles").fill("18,400");
  await page.getByRole("button", { name: /^Add a vehicle/ }).click();
  const section = page.getByRole("region", { name: "What the VIN says" });
  await expect(section.getByText("The VIN says Subaru, not Honda.")).toBeVisible();
  await page.getByLabel("Make").fill("Subaru");
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(section.getByText(/not Honda/)).toHaveCount(0);
  await expect(section.getByText("Subaru of Indiana Automotive")).toBeVisible();
  await expectAccessible(page);
});

test("somebody known is met again while a customer is typed", async ({ as }) => {
  const page = await as("salesperson");
  await page.goto("/deals/new");
  await page.getByRole("combobox", { name: "Customer" }).fill("Benjamin Achter");
  await page.getByRole("option", { name: /New customer/ }).click();
  await page.getByLabel("Phone").fill("(214) 555-0119");
  const link = page.getByRole("link", { name: "Ben Achterberg" });
  await expect(link).toHaveAttribute("href", /^\/customers\//);
  await expect(page.getByText("the same phone", { exact: true })).toBeVisible();
  await page.getByLabel("E-mail").fill("ben.achterberg@example.com");
  await expect(page.getByText("the same phone and e-mail")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Use Ben Achterberg for this deal" }).click();
  await expect(page.getByRole("combobox", { name: "Vehicle" })).toBeVisible();
  await expect(page.getByText("Ben Achterberg")).toBeVisible();
});

test("a date of birth is shown for a minute, against a reason, to those who may see it", async ({ as, browser, baseURL }) => {
  // A context of its own: its clock is turned.
  const context = await browser.newContext({ ...SCREEN, baseURL: baseURL ?? "" });
  const finance = await context.newPage();
  await finance.clock.install();
  await finance.goto("/sign-in");
  await signIn(finance, PEOPLE.finance.email, PASSWORD);
  await expect(finance.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await finance.goto("/customers?q=bellamy");
  await finance.getByRole("link", { name: "Bellamy, Andre" }).click();
  const section = finance.getByRole("region", { name: "Protected" });
  await expect(section.getByText("On file, hidden")).toBeVisible();
  await section.getByRole("button", { name: "Reveal the date of birth" }).click();
  const reason = section.getByLabel("Why do you need to see it?");
  await expect(reason).toBeFocused();
  await expect(section.getByRole("button", { name: /^Reveal/ })).toBeDisabled();
  await expectAccessible(finance);
  await reason.fill("Credit application");
  await finance.keyboard.press("Enter");
  await expect(section.getByText("Shown for a minute.")).toBeVisible();
  await expect(section.getByText(/^[A-Z][a-z]{2} \d{1,2}, \d{4}$/)).toBeVisible();
  await expect(section.getByRole("button", { name: "Hide" })).toBeFocused();
  await expectAccessible(finance);
  await finance.clock.fastForward(61_000);
  await expect(section.getByText("On file, hidden")).toBeVisible();
  await context.close();

  const sales = await as("salesperson");
  await sales.goto("/customers?q=bellamy");
  await sales.getByRole("link", { name: "Bellamy, Andre" }).click();
  await expect(sales.getByLabel("Date of birth")).toBeVisible();
  await expect(sales.getByRole("region", { name: "Protected" })).toHaveCount(0);
});
