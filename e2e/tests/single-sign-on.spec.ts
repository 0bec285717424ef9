// A store's people come from its own OpenID provider: set up, signed in through, and out again, with a real one.
import { enrol } from "../support/factor";
import { CLIENT, openProvider } from "../support/provider";
import { SCREEN, expect, expectAccessible, test } from "../support/test";

test("an administrator names the provider; somebody new comes through it as what it says, and leaves both", async ({ as, browser, baseURL }) => {
  const product = baseURL ?? "";
  const somebody = { email: "nora@prairie.example.com", name: "Nora Quist", groups: ["lot", "desk-managers"] };
  const provider = await openProvider(product, somebody);
  const context = await browser.newContext({ ...SCREEN, baseURL: product });
  try {
    const admin = await as("administrator");
    await admin.goto("/admin/single-sign-on");
    await expect(admin.getByText(`${product}/sign-in/return`)).toBeVisible();
    await admin.getByLabel("Issuer").fill(provider.issuer);
    await admin.getByRole("button", { name: "Ask the provider" }).click();
    await expect(admin.getByText("It answers: people sign in at localhost.")).toBeVisible();
    await admin.getByLabel("Client ID").fill(CLIENT.id);
    await admin.getByLabel("Client secret").fill(CLIENT.secret);
    await admin.getByLabel("Hosts of your e-mail addresses").fill("prairie.example.com");
    await admin.getByLabel(/^Claim with people's groups/).fill("groups");
    await admin.getByRole("button", { name: "Add a rule" }).click();
    await admin.getByLabel("Value of rule 1").fill("desk-managers");
    await admin.getByLabel("Role of rule 1").selectOption({ label: "Desk manager" });
    await expectAccessible(admin);
    await admin.keyboard.press("Control+s");
    await expect(admin.getByText("✓ Saved")).toBeVisible();

    // The provider's own pages ask for a font from elsewhere.
    await context.route(/googleapis/, (route) => route.abort());
    const page = await context.newPage();
    await page.goto("/sign-in/return?error=access_denied&state=whatever");
    await expect(page.getByRole("alert")).toHaveText(/let nobody through/);
    await expectAccessible(page);
    await page.goto("/inventory");
    await page.getByRole("button", { name: "Single sign-on" }).click();
    await expect(page.getByRole("alert")).toHaveText(/Write the e-mail address/);
    await page.getByLabel("E-mail").fill(somebody.email);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Single sign-on" }).press("Enter");
    await page.getByPlaceholder("Enter any login").fill("nora");
    await page.getByPlaceholder("and password").fill("whatever");
    await page.getByRole("button", { name: "Sign-in" }).click();
    await page.getByRole("button", { name: "Continue" }).click();

    // This provider says nothing of a second factor, so the product asks for its own.
    await expect(page).toHaveURL(`${product}/sign-in/return`);
    await enrol(page);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await expect(page.getByRole("heading", { name: "Inventory" })).toBeVisible();
    await page.getByRole("button", { name: "Account of Nora Quist" }).click();
    await expect(page.getByText("nora@prairie.example.com · Desk manager")).toBeVisible();

    await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
    await page.getByRole("button", { name: "Yes, sign me out" }).click();
    await expect(page).toHaveURL(`${product}/sign-in`);
    await page.goto("/desk");
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    // Signed out there too: the provider asks anew who it is.
    await page.getByLabel("E-mail").fill(somebody.email);
    await page.getByRole("button", { name: "Single sign-on" }).click();
    await expect(page.getByPlaceholder("Enter any login")).toBeVisible();

    // As it was, for the other journeys.
    await admin.getByLabel("People sign in with this provider").uncheck();
    await admin.keyboard.press("Control+s");
    await expect(admin.getByText("✓ Saved")).toBeVisible();
  } finally {
    await context.close();
    await provider.close();
  }
});
