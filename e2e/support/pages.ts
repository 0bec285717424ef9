// Every page of the product.
import { expect, type Page } from "@playwright/test";
import { ADMINISTRATION_PAGES } from "./administration-pages";
import { figure } from "./deals";
import { NOTHING, type PageCase } from "./page-case";

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
  ...ADMINISTRATION_PAGES,
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
