// Every page of the product: how it is opened, who has it, what it reads, and what a screen reader finds on it.
import { expect, type Page } from "@playwright/test";
import { figure } from "./deals";
import type { Role } from "./people";

export interface PageCase {
  role: Role;
  /** Where it is; or how to get there, where the address holds an id. */
  open: string | ((page: Page) => Promise<void>);
  /** The request without whose answer there is nothing to show. */
  reads?: RegExp;
  /** What it says when there is nothing yet, and the act it offers then. */
  empty?: { answer: unknown; says: string; offers?: string };
  /** Whose role does not have it. */
  keptFrom?: Role;
  /** What a reader hears of the page, as an aria snapshot. Figures and names of the demonstration store are left out. */
  heard: string;
}

const NOTHING = { items: [] };

async function openFirst(page: Page, list: string, name: RegExp) {
  await page.goto(list);
  await page.getByRole("row").filter({ hasText: name }).last().getByRole("link").click();
}

async function openDeal(page: Page) {
  await openFirst(page, "/desk?q=rivera", /^D-/);
  await expect(figure(page, "Balance due", "Cash").first()).toBeVisible();
}

/** By the paths of the client's router. */
export const PAGES: Record<string, PageCase> = {
  "/sign-in": {
    role: "salesperson",
    open: async (page) => {
      // Somebody who is not signed in here.
      await page.route("**/api/v1/auth/refresh", (route) => route.fulfill({ status: 401, json: {} }));
      await page.goto("/sign-in");
    },
    heard: `
      - main:
        - heading "Sign in" [level=1]
        - form "Sign in":
          - textbox "E-mail"
          - textbox "Password"
          - button "Sign in"`,
  },
  "/forgotten-password": {
    role: "salesperson",
    open: "/forgotten-password",
    heard: `
      - main:
        - heading "New password" [level=1]
        - form "New password":
          - textbox "E-mail"
          - button "Send the link"
        - link "Back to signing in"`,
  },
  "/reset-password": {
    role: "salesperson",
    // A link that was never sent; those that were are followed in account.spec.ts.
    open: "/reset-password#token=never-sent",
    heard: `
      - main:
        - heading "This link is no longer good" [level=1]
        - link "Send a new link"
        - link "Back to signing in"`,
  },
  "/register": {
    role: "salesperson",
    // A store that takes no requests.
    open: "/register",
    heard: `
      - main:
        - heading "Nobody can be asked here" [level=1]
        - link "Back to signing in"`,
  },
  "/confirm-address": {
    role: "salesperson",
    open: "/confirm-address#token=never-sent",
    heard: `
      - main:
        - heading "Confirm your address" [level=1]
        - button "Confirm"`,
  },
  "/admin/mail": {
    role: "administrator",
    open: "/admin/mail",
    reads: /\/api\/v1\/admin\/mail\?/,
    keptFrom: "salesperson",
    empty: { answer: NOTHING, says: "Nothing was written yet" },
    heard: `
      - main:
        - heading "Mail log" [level=1]`,
  },
  "/desk": {
    role: "manager",
    open: "/desk",
    reads: /\/api\/v1\/deals\?/,
    empty: { answer: NOTHING, says: "The desk is clear", offers: "New deal" },
    heard: `
      - main:
        - heading "Desk" [level=1]
        - searchbox "Number, customer or stock number"
        - combobox "Stage"
        - link "New deal"
        - table "Desk":
          - rowgroup:
            - row "Deal Age Customer Unit Stage Last pencil Gross Next"
          - rowgroup:
            - row /^D-\\d+/:
              - cell:
                - link /^D-\\d+/`,
  },
  "/deals/new": {
    role: "salesperson",
    open: "/deals/new",
    heard: `
      - main:
        - heading "New deal" [level=1]
        - combobox "Customer" [expanded]
        - listbox "Customer":
          - option [selected]
        - button "Start the deal" [disabled]`,
  },
  "/deals/$dealId": {
    role: "manager",
    open: openDeal,
    reads: /\/api\/v1\/deals\/[\w-]+$/,
    heard: `
      - main:
        - heading /^D-\\d+ Elena Rivera/ [level=1]
        - button "History"
        - button "Pencil"
        - region "Inputs":
          - region "Vehicle":
            - textbox "Price"
          - region "Trade"
          - region "Rebates"
          - region "Fees"
          - region "Products"
          - region "At signing":
            - textbox "Cash down"
          - region "Registered in":
            - combobox "State"
        - region "Ways to pay":
          - table:
            - rowgroup:
              - row:
                - columnheader
                - columnheader /Cash/
                - columnheader /Finance/
        - group "Tools":
          - button "Grid"
          - button "Roll to a payment"
          - button "Copy the deal"
          - button "Proposal"`,
  },
  "/deals/$dealId/proposal": {
    role: "manager",
    open: async (page) => {
      await openDeal(page);
      await page.getByRole("button", { name: "Proposal" }).click();
    },
    reads: /\/api\/v1\/deals\/[\w-]+$/,
    heard: `
      - main:
        - link "Back to the deal"
        - group "Show on the proposal":
          - checkbox "Cash" [checked]
        - button "Print"
        - article "Proposal":
          - heading "Prairie Motors" [level=1]
          - paragraph: /^4100 Demonstration Way · Dallas, TX/
          - region "Prepared for"
          - region "Vehicle"
          - region "Ways to pay":
            - table "Ways to pay"`,
  },
  "/customers": {
    role: "salesperson",
    open: "/customers",
    reads: /\/api\/v1\/customers\?/,
    empty: { answer: NOTHING, says: "No customers yet", offers: "New customer" },
    heard: `
      - main:
        - heading "Customers" [level=1]
        - searchbox "Name, phone or e-mail"
        - link "New customer"
        - table "Customers":
          - rowgroup:
            - row "Name Phone E-mail Place"
          - rowgroup:
            - row:
              - cell:
                - link`,
  },
  "/customers/new": {
    role: "salesperson",
    open: "/customers/new",
    heard: `
      - main:
        - heading "New customer" [level=1]
        - form "New customer":
          - group:
            - group "Name":
              - textbox "First name"
              - textbox "Last name"
              - textbox "Phone (optional)"
              - textbox "E-mail (optional)"
              - textbox "Date of birth (optional)"
            - group "Address":
              - textbox "Street (optional)"
              - combobox "State"
              - textbox "ZIP"
            - textbox "Notes (optional)"
          - button "Create the customer"`,
  },
  "/customers/$customerId": {
    role: "manager",
    open: (page) => openFirst(page, "/customers?q=whitaker", /Whitaker/),
    reads: /\/api\/v1\/customers\/[\w-]+$/,
    heard: `
      - main:
        - heading "Thomas Whitaker" [level=1]
        - link "Start a deal"
        - form:
          - group:
            - group "Name":
              - textbox "First name": Thomas
            - group "Address"
          - button "Save"`,
  },
  "/inventory": {
    role: "manager",
    open: "/inventory",
    reads: /\/api\/v1\/inventory\?/,
    empty: { answer: NOTHING, says: "No vehicles in stock", offers: "Add a vehicle" },
    heard: `
      - main:
        - heading "Inventory" [level=1]
        - searchbox "Stock number, VIN, make or model"
        - group "Condition":
          - radio "All" [checked]
        - group "Status":
          - radio "All" [checked]
        - link "Add a vehicle"
        - table "Inventory":
          - rowgroup:
            - row "Stock Vehicle VIN Condition Miles Days Status Price Cost"
          - rowgroup:
            - row:
              - cell:
                - link`,
  },
  "/inventory/new": {
    role: "manager",
    open: "/inventory/new",
    heard: `
      - main:
        - heading "Add a vehicle" [level=1]
        - form "Add a vehicle":
          - group:
            - group "Identity":
              - textbox "Stock number (optional)"
              - textbox "VIN"
              - combobox "Condition"
              - textbox "Model year"
            - group "Money":
              - textbox "Price (optional)"
              - textbox "Cost (optional)"
            - group "Facts that some states tax by"
          - button "Add a vehicle"`,
  },
  "/inventory/$vehicleId": {
    role: "manager",
    open: (page) => openFirst(page, "/inventory?q=N2604", /N2604/),
    reads: /\/api\/v1\/inventory\/[\w-]+$/,
    heard: `
      - main:
        - heading /Subaru Crosstrek/ [level=1]
        - form "Vehicle":
          - group:
            - group "Identity":
              - textbox "Stock number": N2604
            - group "Money"
          - button "Save"
        - region "What the VIN says":
          - heading "What the VIN says" [level=2]`,
  },
  "/account": {
    role: "salesperson",
    open: "/account",
    reads: /\/api\/v1\/auth\/factors$/,
    heard: `
      - main:
        - heading "Your account" [level=1]
        - region "Second factors":
          - heading "Second factors" [level=2]
          - button "Add an authenticator app"
          - button "Add a passkey"
        - region "Where you are signed in":
          - heading "Where you are signed in" [level=2]
          - list "Where you are signed in":
            - listitem: /this one/
          - button "Sign out everywhere"`,
  },
  "/admin/profile": {
    role: "administrator",
    open: "/admin/profile",
    reads: /\/api\/v1\/admin\/letterhead$/,
    heard: `
      - main:
        - heading "Store profile" [level=1]
        - form "Store profile":
          - group:
            - group "The store":
              - textbox "Name of the store"
              - combobox "Time zone"
            - group "Opening hours":
              - checkbox "Monday"
            - group "Logo":
              - button "Picture"
          - button "Save"
        - region "Versions":
          - heading "Versions" [level=2]`,
  },
  "/admin/messages": {
    role: "administrator",
    open: "/admin/messages",
    reads: /\/api\/v1\/admin\/mail-templates$/,
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Messages" [level=1]
        - navigation "Messages":
          - list:
            - listitem:
              - link "Invitation"
            - listitem:
              - link "Confirm the address"
        - region "Invitation":
          - heading "Invitation" [level=2]
          - form "Invitation":
            - group:
              - textbox "Subject": "{store} has given you access"
              - textbox "Text"
              - region "Preview":
                - heading "Preview" [level=3]
                - paragraph: Prairie Motors has given you access
              - group "Values":
                - heading "Values" [level=3]
                - list:
                  - listitem:
                    - button "Write {name}"
            - button "Save"
          - region "Versions":
            - heading "Versions" [level=2]`,
  },
  "/admin/numbering": {
    role: "administrator",
    open: "/admin/numbering",
    reads: /\/api\/v1\/admin\/settings\/numbering$/,
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Numbering" [level=1]
        - form "Numbering":
          - group:
            - group "Deals":
              - textbox "Begins with (optional)"
              - combobox "Year of the deal"
              - combobox "Digits"
            - group "New vehicles":
              - checkbox "Give a number where none is typed" [checked]
          - button "Save"
        - region "Where the numbers stand":
          - heading "Where the numbers stand" [level=2]
          - form "Next deal":
            - textbox "Next deal"
        - region "Versions":
          - heading "Versions" [level=2]`,
  },
  "/admin/features": {
    role: "administrator",
    open: "/admin/features",
    reads: /\/api\/v1\/admin\/settings\/features$/,
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Features" [level=1]
        - form "Features":
          - group:
            - list:
              - listitem:
                - checkbox "Leases" [checked]
              - listitem:
                - checkbox "Who else is at a deal" [checked]
          - button "Save"
        - region "Versions":
          - heading "Versions" [level=2]`,
  },
  "/admin/sessions": {
    role: "administrator",
    open: "/admin/sessions",
    reads: /\/api\/v1\/admin\/settings\/sessions$/,
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Sessions" [level=1]
        - form "Sessions":
          - group:
            - group "How long people stay signed in":
              - textbox "Minutes without use"
              - textbox "Hours after the sign-in"
          - button "Save"
        - form "Sign everybody out":
          - heading "Sign everybody out" [level=2]
          - textbox "Why?"
          - button "Sign everybody out"`,
  },
  "/admin/compliance": {
    role: "administrator",
    open: "/admin/compliance",
    reads: /\/api\/v1\/compliance$/,
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Compliance" [level=1]
        - region "Safeguards Rule":
          - table "Safeguards Rule"
        - region "Incidents":
          - heading "Incidents" [level=2]
        - region "Who is affected?":
          - heading "Who is affected?" [level=2]
        - region "Service providers":
          - heading "Service providers" [level=2]
        - region "Retention":
          - heading "Retention" [level=2]`,
  },
  "/admin/group": {
    role: "group",
    open: "/admin/group",
    reads: /\/api\/v1\/admin\/group$/,
    keptFrom: "administrator",
    heard: `
      - main:
        - heading "Group" [level=1]
        - searchbox "Store or place"
        - group "Which stores":
          - radio "All" [checked]
          - radio "Ask for somebody"
          - radio "Other settings"
        - table "Group":
          - rowgroup:
            - row "Store People Desk and stock Compliance Settings"
            - row /^Active Waiting No 2nd factor Locked Open deals/
          - rowgroup:
            - row:
              - rowheader:
                - button "Go to Prairie Motors"
            - row:
              - rowheader:
                - button "Go to Prairie Motors Knoxville"
          - rowgroup:
            - row /^All 2 shown/`,
  },
  "/admin/group-people": {
    role: "group",
    open: "/admin/group-people",
    reads: /\/api\/v1\/admin\/group\/people\?/,
    keptFrom: "administrator",
    heard: `
      - main:
        - heading "Group's people" [level=1]
        - searchbox "Name or e-mail"
        - table "Group's people":
          - rowgroup:
            - row "Name E-mail Stores Access"
          - rowgroup:
            - row /Alex Romero/:
              - rowheader
              - cell
              - cell:
                - list:
                  - listitem: /Prairie Motors/
              - cell:
                - button "End access of Alex Romero everywhere"`,
  },
  "/admin/people": {
    role: "administrator",
    open: "/admin/people",
    reads: /\/api\/v1\/admin\/users\?/,
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "People" [level=1]
        - button "Add a person"
        - table "People":
          - rowgroup:
            - row "Name E-mail Role Access"
          - rowgroup:
            - row /Alex Romero/:
              - cell
              - cell
              - cell:
                - combobox "Role of Alex Romero"
              - cell:
                - button "End access of Alex Romero"
        - region "Requests for access":
          - heading "Requests for access" [level=2]
          - checkbox "People may ask for access themselves"`,
  },
  "/admin/people/import": {
    role: "administrator",
    open: "/admin/people/import",
    reads: /\/api\/v1\/admin\/user-imports$/,
    empty: { answer: NOTHING, says: "No list has been imported yet." },
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Import people" [level=1]
        - link "People"
        - form "The list":
          - button "A file"
          - textbox "Rows"
          - button "See what would happen"
        - region "Imported lists":
          - heading "Imported lists" [level=2]`,
  },
  "/account/api-keys": {
    role: "salesperson",
    open: "/account/api-keys",
    reads: /\/api\/v1\/account\/api-keys$/,
    empty: { answer: NOTHING, says: "No keys yet", offers: "New key" },
    heard: `
      - main:
        - heading "API keys" [level=1]
        - button "New key"`,
  },
  "/admin/service-accounts": {
    role: "administrator",
    open: "/admin/service-accounts",
    reads: /\/api\/v1\/admin\/service-accounts$/,
    empty: { answer: NOTHING, says: "No service accounts", offers: "New service account" },
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Service accounts" [level=1]
        - button "New service account"`,
  },
  "/admin/single-sign-on": {
    role: "administrator",
    open: "/admin/single-sign-on",
    reads: /\/api\/v1\/admin\/settings\/single-sign-on$/,
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Single sign-on" [level=1]
        - form "Single sign-on":
          - group:
            - group "The provider":
              - textbox "Issuer"
              - textbox "Client ID"
              - textbox "Client secret"
              - textbox "Hosts of your e-mail addresses"
              - button "Ask the provider" [disabled]
            - group "What people may do":
              - textbox "Claim with people's groups or roles (optional)"
              - combobox "Who comes for the first time"
            - group "Who signs in how":
              - checkbox "People sign in with this provider" [checked]
              - checkbox "Passwords work too" [checked]`,
  },
  "/admin/roles": {
    role: "administrator",
    open: "/admin/roles",
    reads: /\/api\/v1\/admin\/custom-roles$/,
    keptFrom: "salesperson",
    heard: `
      - main:
        - navigation "Administration":
          - list:
            - listitem:
              - link "People"
            - listitem:
              - link "Roles"
        - heading "Roles" [level=1]
        - button "New role"
        - region "The store's own":
          - heading "The store's own" [level=2]
        - region "Predefined":
          - list:
            - listitem:
              - button "Show what Salesperson may do"`,
  },
  "/admin/teams": {
    role: "administrator",
    open: "/admin/teams",
    reads: /\/api\/v1\/admin\/teams$/,
    empty: { answer: NOTHING, says: "No teams yet", offers: "New team" },
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Teams" [level=1]
        - button "New team"`,
  },
  "/admin/audit": {
    role: "administrator",
    open: "/admin/audit?from=all",
    reads: /\/api\/v1\/admin\/audit-logs\?/,
    empty: { answer: NOTHING, says: "No entry fits these filters", offers: "Clear filters" },
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Audit trail" [level=1]
        - searchbox "Words in reasons and changes"
        - combobox "Person"
        - combobox "Action"
        - combobox "Thing"
        - textbox "From"
        - textbox "To"
        - button "Export CSV"
        - table "Audit trail":
          - rowgroup:
            - row "When Who Action Thing Reason"
          - rowgroup:
            - row:
              - cell:
                - button`,
  },
  "/admin/data-map": {
    role: "administrator",
    open: "/admin/data-map",
    reads: /\/api\/v1\/admin\/data-map$/,
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Protected data" [level=1]
        - region "Master keys":
          - heading "Master keys" [level=2]
          - table "Master keys":
            - rowgroup:
              - row "Version Customers of this store State"
          - heading "Rotation" [level=3]
        - region "Data map":
          - heading "Data map" [level=2]
          - searchbox "Table or column"
          - combobox "Class"`,
  },
  "/admin/desk": {
    role: "administrator",
    open: "/admin/desk",
    reads: /\/api\/v1\/admin\/settings\/desk$/,
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Desk defaults" [level=1]
        - form "Desk defaults":
          - group:
            - group "Store fees":
              - textbox "Documentation fee"
              - button "Add a fee"
            - group "Finance":
              - textbox "Rate, % a year (optional)"
            - group "Lease":
              - textbox "Money factor (optional)"
          - button "Save"`,
  },
  "/taxes": {
    role: "salesperson",
    open: "/taxes?state=TX&price=40000",
    heard: `
      - main:
        - heading "Tax explorer" [level=1]
        - button "Start over"
        - form "The deal":
          - group "Place of registration":
            - textbox "ZIP"
            - combobox "State"
          - group "Money":
            - textbox "Price": "40000"
        - region "Taxes and fees":
          - table "Taxes"
          - table "Fees by law"`,
  },
  "/taxes/states": {
    role: "salesperson",
    open: "/taxes/states",
    reads: /\/api\/v1\/calc\/states$/,
    heard: `
      - main:
        - heading "Tax rules by state" [level=1]
        - searchbox "State or code"
        - group "Checked"
        - link "Tax explorer"
        - table "Tax rules by state":
          - rowgroup:
            - row "State Rules In force since Versions Local rates"
          - rowgroup:
            - row /^Alabama/`,
  },
  "/taxes/states/$code": {
    role: "salesperson",
    open: "/taxes/states/TX",
    reads: /\/api\/v1\/calc\/states\/TX/,
    heard: `
      - main:
        - heading "Texas" [level=1]
        - button "All states"
        - link "Try a deal"
        - region "Versions":
          - heading "Versions" [level=2]
        - region "The rules in words":
          - heading "Sale" [level=3]
          - list "Sources"`,
  },
  "/admin/taxes": {
    role: "administrator",
    open: "/admin/taxes",
    reads: /\/api\/v1\/admin\/settings\/desk$/,
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Tax settings" [level=1]
        - form "Tax settings":
          - group:
            - group "Store fees":
              - textbox "Documentation fee"
            - group "Usual place of registration":
              - combobox "State"
            - group "Where the law leaves a choice":
              - combobox "Choices in"
          - button "Save"`,
  },
  "/admin/rates": {
    role: "administrator",
    open: "/admin/rates",
    reads: /\/api\/v1\/places\/rate-imports$/,
    empty: { answer: NOTHING, says: "No table was imported. The shipped rates hold." },
    keptFrom: "salesperson",
    heard: `
      - main:
        - heading "Local rate tables" [level=1]
        - form "Import a table":
          - heading "Import a table" [level=2]
          - group:
            - button "File"
            - combobox "Layout"
            - combobox "State"
            - textbox "Source"
          - button "Preview" [disabled]
        - region "Imports":
          - heading "Imports" [level=2]`,
  },
};

/** Paths without a page of their own, and where they are walked instead. */
export const ELSEWHERE: Record<string, string> = {
  "/": "leads to the desk",
  "/welcome": "account.spec.ts, with the link of an invitation",
  "/sign-in/return": "single-sign-on.spec.ts, with what a provider sends along",
  "/setup": "set-up.spec.ts, on an installation of its own",
};

export async function openPage(page: Page, { open }: PageCase) {
  if (typeof open === "string") await page.goto(open);
  else await open(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}
