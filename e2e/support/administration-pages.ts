// The pages of the administration; as `pages.ts`.
import { NOTHING, type PageCase } from "./page-case";

/** By the paths of the client's router. */
export const ADMINISTRATION_PAGES: Record<string, PageCase> = {
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
          - list "Who works here":
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
