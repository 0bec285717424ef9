import { expect, expectAccessible, test } from "../support/test";

test("the administrator adds a person with a password, changes the role, and hands open deals on", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/admin/people");
  await expect(page.getByRole("row", { name: /Dana Whitfield/ })).toContainText("you");
  await page.keyboard.press("n");
  await page.getByLabel("Name", { exact: true }).fill("Toni Vega");
  await page.getByLabel("E-mail", { exact: true }).fill("toni.vega@prairie.example.com");
  await page.getByLabel(/^Send an invitation by mail/).uncheck();
  await page.getByLabel("First password").fill("a quiet long sentence");
  await expectAccessible(page);
  await page.getByRole("form", { name: "Add a person" }).getByRole("button", { name: "Add a person" }).click();
  await expect(page.getByRole("row", { name: /Toni Vega/ })).toBeVisible();
  await page.getByLabel("Role of Toni Vega").selectOption({ label: "F&I manager" });
  await expect(page.getByLabel("Role of Toni Vega")).toHaveValue("fni_manager");
  await page.reload();
  await expect(page.getByLabel("Role of Toni Vega")).toHaveValue("fni_manager");

  await page.getByRole("button", { name: "End access of Toni Vega" }).click();
  const dialog = page.getByRole("dialog", { name: "End access of Toni Vega" });
  await expectAccessible(page);
  await dialog.getByLabel("Open deals go to").selectOption({ label: "Alex Romero, Salesperson" });
  await dialog.getByLabel(/^Reason/).fill("left the company");
  await dialog.getByRole("button", { name: "End access" }).click();
  await expect(page.getByRole("row", { name: /Toni Vega/ })).toContainText("access ended");
  await page.getByRole("button", { name: "Restore access of Toni Vega" }).click();
  await expect(page.getByRole("row", { name: /Toni Vega/ })).not.toContainText("access ended");
});

test("a list of people is tried out, mended, imported and taken back", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/admin/people");
  await page.getByRole("link", { name: "Import a list" }).click();
  const rows = page.getByRole("textbox", { name: "Rows" });
  await rows.fill("name;email;role\nJo March;jo.march@prairie.example.com;BDC\nAmy March;amy.march@prairie;Boss");
  await page.keyboard.press("ControlOrMeta+Enter");
  const table = page.getByRole("table", { name: "What importing would do" });
  await expect(table.getByRole("row", { name: /^3 Amy March/ })).toContainText("email: write an e-mail address like");
  await expect(table.getByRole("row", { name: /^3 Amy March/ })).toContainText("role: write one of salesperson, bdc");
  await expect(page.getByRole("button", { name: /^Import / })).toBeHidden();
  await expectAccessible(page);

  await rows.fill("name;email;role\nJo March;jo.march@prairie.example.com;BDC\nDana Whitfield;admin@prairie.example.com;Administrator");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(table.getByRole("row", { name: /Dana Whitfield/ })).toContainText("has access already");
  await expect(page.getByText("1 person would be given access")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Enter");
  const past = page.getByRole("region", { name: "Imported lists" });
  await expect(past).toContainText("by Dana Whitfield: 1 person added");
  await expectAccessible(page);
  await page.getByRole("link", { name: "People", exact: true }).last().click();
  await expect(page.getByRole("row", { name: /Jo March/ })).toContainText("invited");
  await page.getByRole("button", { name: "Edit the name of Jo March" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Josephine March");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("row", { name: /Josephine March/ })).toBeVisible();

  await page.getByRole("link", { name: "Import a list" }).click();
  await rows.fill("name,email,role\nBeth March,beth.march@prairie.example.com,salesperson");
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.getByRole("button", { name: "Import 1 person" }).click();
  await expect(past.getByRole("listitem")).toHaveCount(2);
  await past.getByRole("button", { name: "Take back pasted rows" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
  await expect(past).toContainText("1 removed, 0 stayed");
  await page.getByRole("link", { name: "People", exact: true }).last().click();
  await expect(page.getByRole("row", { name: /Josephine March/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Beth March/ })).toBeHidden();
});

test("desk defaults are checked and saved", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/admin/desk");
  const fee = page.getByLabel("Documentation fee");
  await fee.fill("lots");
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(fee).toHaveAttribute("aria-invalid", "true");
  await fee.fill("149.50");
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(page.getByText("✓ Saved")).toBeVisible();
  await page.reload();
  await expect(fee).toHaveValue("149.50");
});

test("the store's profile stands on the proposal, and an earlier version comes back", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/admin/profile");
  const licence = page.getByRole("textbox", { name: "Licence numbers" });
  await licence.fill("P-12345");
  await page.getByRole("checkbox", { name: "Monday" }).check();
  await page.getByLabel("Monday until").fill("08:00");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText("Monday: the store closes after it opens")).toBeVisible();
  await page.getByLabel("Monday until").fill("18:30");
  // One transparent point.
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
  await page.getByLabel("Picture").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: Buffer.from(pixel, "base64") });
  await expect(page.getByRole("img", { name: /^Logo of / })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText("✓ Saved")).toBeVisible();
  const versions = page.getByRole("region", { name: "Versions" });
  await expect(versions.getByRole("listitem").first()).toContainText("holds now");
  await expect(versions.getByRole("row", { name: /^Licence numbers .*P-12345$/ }).first()).toBeVisible();
  await expectAccessible(page);

  await page.goto("/desk?q=rivera");
  await page.getByRole("row").filter({ hasText: /^D-/ }).last().getByRole("link").click();
  await page.waitForURL(/\/deals\//);
  await page.goto(`${new URL(page.url()).pathname}/proposal`);
  const sheet = page.getByRole("article", { name: "Proposal" });
  await expect(sheet).toContainText("Licence P-12345");
  await expect(sheet).toContainText("Mon 9 am – 6:30 pm");
  await expect(sheet.locator("header img")).toHaveAttribute("src", `data:image/png;base64,${pixel}`);

  await page.goto("/admin/profile");
  await versions.getByRole("button", { name: /^Go back to / }).last().click();
  await expect(licence).toHaveValue("");
  await page.goBack();
  await expect(sheet).not.toContainText("Licence");
});

test("an invitation is written in the store's own words, and the product's come back", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/admin/messages?kind=invitation");
  const subject = page.getByRole("textbox", { name: "Subject" });
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("Prairie Motors has given you access");

  await text.fill("Hi {name},\n\nsee you at {shop}:\n{link}");
  await expect(page.getByText("line 3: this message has no {shop}; it has {name}, {store}, {by}, {link}")).toBeVisible();
  await expect(text).toHaveAttribute("aria-invalid", "true");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText("The preview is back as soon as what is marked is mended.")).toBeVisible();
  await expectAccessible(page);

  await subject.fill("Welcome to ");
  await page.getByRole("button", { name: "Write {store}" }).press("Enter");
  await expect(subject).toHaveValue("Welcome to {store}");
  await expect(subject).toBeFocused();
  await text.fill("Hi {name},\n\ncome in:\n");
  await page.getByRole("button", { name: "Write {link}" }).press("Enter");
  await expect(text).toHaveValue("Hi {name},\n\ncome in:\n{link}");
  await expect(preview).toContainText("Welcome to Prairie Motors");
  await expect(preview).toContainText("Hi Ada Byron,");

  await page.getByRole("link", { name: "Sign-in code" }).press("Enter");
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await expectAccessible(page);
  await question.getByRole("button", { name: "Go on writing" }).press("Enter");
  await text.press("ControlOrMeta+s");
  await expect(page.getByText("✓ Saved")).toBeVisible();
  const versions = page.getByRole("region", { name: "Versions" }).getByRole("listitem");
  await expect(versions.first()).toContainText("by Dana Whitfield");
  await expect(versions.first()).toContainText("holds now");
  await expect(page.getByRole("link", { name: "Invitation own" })).toHaveAttribute("aria-current", "page");
  await expectAccessible(page);

  await page.goto("/admin/people");
  await expect(page.getByRole("row", { name: /Dana Whitfield/ })).toBeVisible();
  await page.keyboard.press("n");
  await page.getByLabel("Name", { exact: true }).fill("Omar Reyes");
  await page.getByLabel("E-mail", { exact: true }).fill("omar.reyes@prairie.example.com");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("row", { name: /Omar Reyes/ })).toContainText("invited");
  await page.getByRole("link", { name: "Mail log" }).click();
  await page.getByRole("row", { name: /Welcome to Prairie Motors.*Omar Reyes/ }).getByRole("button").press("Enter");
  await expect(page.getByRole("dialog")).toContainText("Hi Omar Reyes,");
  await page.keyboard.press("Escape");

  await page.goto("/admin/messages?kind=invitation");
  await page.getByRole("button", { name: "Use the product's words" }).press("Enter");
  await expect(subject).toHaveValue("{store} has given you access");
  await page.getByRole("button", { name: "Go back to Version 1" }).press("Enter");
  await expect(subject).toHaveValue("Welcome to {store}");
  await page.getByRole("button", { name: "Use the product's words" }).press("Enter");
  await expect(preview).toContainText("Prairie Motors has given you access");
});

test("new deals and vehicles are called as the store says, and found by it", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/admin/numbering");
  const deals = page.getByRole("group", { name: "Deals" });
  await deals.getByLabel("Begins with").fill("pm1");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(deals.getByText("end with a letter")).toBeVisible();
  await deals.getByLabel("Begins with").fill("pm/");
  await deals.getByLabel("Year of the deal").selectOption({ label: "four digits and a hyphen" });
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText("✓ Saved")).toBeVisible();
  const next = page.getByRole("form", { name: "Next deal" });
  await next.getByRole("textbox").fill("9");
  await page.keyboard.press("Enter");
  await expect(next.getByText(/^numbers go on from \d+ or higher/)).toBeVisible();
  await expectAccessible(page);
  const told = await deals.getByText(/^The next deal is PM\/\d{4}-\d+\.$/).innerText();
  const number = /PM\S+\d/.exec(told)?.[0] ?? "";

  await page.goto("/deals/new");
  await page.getByRole("combobox", { name: "Customer" }).fill("oduya");
  await page.getByRole("option").first().click();
  await page.getByRole("combobox", { name: "Vehicle" }).fill("U4403");
  await page.getByRole("option").first().click();
  await page.getByRole("button", { name: "Start the deal" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(number);
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type(number);
  await expect(page.getByRole("option").filter({ hasText: number })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.goto("/inventory/new");
  const told2 = await page.getByText(/^Left empty, it will be U\d+\.$/).innerText();
  await page.getByLabel("VIN", { exact: true }).fill("4S4BTACC4N3100003");
  await page.getByLabel("Model year").fill("2022");
  await page.getByLabel("Make").fill("Subaru");
  await page.getByLabel("Model", { exact: true }).fill("Outback");
  await page.getByLabel("Odometer, miles").fill("31,200");
  await page.getByRole("button", { name: /^Add a vehicle/ }).click();
  await expect(page.getByLabel("Stock number")).toHaveValue(/U\d+/.exec(told2)?.[0] ?? "");

  await page.goto("/admin/numbering");
  await page.getByRole("region", { name: "Versions" }).getByRole("button", { name: /^Go back to / }).last().click();
  await expect(deals.getByLabel("Begins with")).toHaveValue("D-");
});

test("what the store switches off is gone for everybody, and comes back", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/admin/features");
  const exporting = page.getByRole("checkbox", { name: "Export of the audit trail" });
  await exporting.focus();
  await page.keyboard.press("Space");
  await expect(exporting).not.toBeChecked();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText("✓ Saved")).toBeVisible();
  const versions = page.getByRole("region", { name: "Versions" });
  await expect(versions.getByRole("row", { name: "Export of the audit trail on off" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Audit trail" }).click();
  await expect(page.getByRole("heading", { name: "Audit trail", level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Export CSV/ })).toBeHidden();

  await page.goto("/admin/features");
  await versions.getByRole("button", { name: /^Go back to / }).first().click();
  await expect(exporting).toBeChecked();
  await page.getByRole("link", { name: "Audit trail" }).click();
  await expect(page.getByRole("button", { name: /^Export CSV/ })).toBeVisible();
});

test("another store of the group is entered and left", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/desk");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  const first = await page.getByRole("button", { name: /^Store:/ }).innerText();
  await page.getByRole("button", { name: /^Store:/ }).click();
  await page.getByRole("menuitemradio", { checked: false }).first().click();
  await expect(page.getByRole("heading", { name: "The desk is clear" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Store:/ }).click();
  await page.getByRole("menuitemradio", { name: first, exact: true }).click();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
});

test("a team is made, filled, emptied and removed, and roles can reach it", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/admin/teams");
  await expect(page.getByRole("button", { name: /^New team/ })).toBeVisible();
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Name" }).fill("Day team");
  await page.keyboard.press("Enter");
  const teams = page.getByRole("table", { name: "Teams" });
  await expect(teams.getByRole("row", { name: /^Day team 0/ })).toBeVisible();
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Name" }).fill("day team");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("give it a name of its own");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Rename Day team" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Early team");
  await page.keyboard.press("Enter");
  await expect(teams.getByRole("row", { name: /^Early team 0/ })).toBeVisible();

  const casey = page.getByLabel("Team of Casey Lindqvist");
  await casey.selectOption({ label: "Early team" });
  await expect(teams.getByRole("row", { name: /^Early team 1/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove Early team" })).toBeHidden();
  await expectAccessible(page);
  await page.reload();
  await expect(casey.locator("option:checked")).toHaveText("Early team");

  await page.goto("/admin/roles");
  await expect(page.getByRole("button", { name: /^New role/ })).toBeVisible();
  await page.keyboard.press("n");
  const form = page.getByRole("form", { name: "A new role" });
  const reach = form.getByLabel("See deals, their pencils");
  await expect(reach.locator("option")).toHaveText([/^As before: Own deals/, "No", "Own deals", "The team's deals", "The whole store"]);
  await page.goto("/admin/teams");
  await casey.selectOption({ label: "No team" });
  await page.getByRole("button", { name: "Remove Early team" }).click();
  await expect(page.getByText("No teams yet")).toBeVisible();
});

test("a role of the store's own is made, given and changed", async ({ as }) => {
  const page = await as("administrator");
  await page.goto("/admin/roles");
  await expect(page.getByRole("button", { name: /^New role/ })).toBeVisible();
  await page.keyboard.press("n");
  const form = page.getByRole("form", { name: "A new role" });
  await form.getByLabel("Name", { exact: true }).fill("Senior salesperson");
  await form.getByLabel("See deals, their pencils").selectOption({ label: "The whole store" });
  await expectAccessible(page);
  await form.getByRole("button", { name: /^Make the role/ }).click();
  await expect(page.getByRole("row", { name: /Senior salesperson Salesperson 0/ })).toBeVisible();

  await page.goto("/admin/people");
  await page.getByLabel("Role of Casey Lindqvist").selectOption({ label: "Senior salesperson" });
  await page.reload();
  await expect(page.getByLabel("Role of Casey Lindqvist").locator("option:checked")).toHaveText("Senior salesperson");
  await page.goto("/admin/roles");
  await expect(page.getByRole("row", { name: /Senior salesperson Salesperson 1/ })).toBeVisible();
  await page.goto("/admin/people");
  await page.getByLabel("Role of Casey Lindqvist").selectOption({ label: "Salesperson" });
  await expect(page.getByLabel("Role of Casey Lindqvist")).toHaveValue("salesperson");
  await page.goto("/admin/roles");
  await page.getByRole("button", { name: "Remove Senior salesperson" }).click();
  await expect(page.getByText("The store has no roles of its own.")).toBeVisible();
});
