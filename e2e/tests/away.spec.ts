// A part of the product that does not answer for a while, as the gateway in front of it says so.
import { expect, expectAccessible, test } from "../support/test";

const AWAY = {
  type: "/problems/upstream-unavailable",
  title: "This part of the product does not answer",
  status: 503,
  detail: "customers cannot be reached at the moment; nothing was done",
  code: "upstream-unavailable",
  requestId: "01a1fd1e-da8c-720f-bc2c-1475c9a344e1",
  target: "customers",
};

test("a page whose part is away says so, and comes back by itself", async ({ as }) => {
  const page = await as("salesperson");
  await page.route(/\/api\/v1\/customers(\?|$)/, (route) =>
    route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(AWAY) }),
  );
  await page.route("**/ready", (route) => route.fulfill({ json: { status: "ready", missing: ["customers"] } }));
  await page.goto("/customers");
  await expect(page.getByText(AWAY.detail)).toBeVisible();
  await expect(page.getByText("This page comes back by itself.")).toBeVisible();
  await expectAccessible(page);
  // The rest of the product goes on.
  await page.goto("/desk");
  await expect(page.getByRole("heading", { name: "Desk", level: 1 })).toBeVisible();
  await page.goto("/customers");
  await expect(page.getByText(AWAY.detail)).toBeVisible();

  await page.unrouteAll();
  await expect(page.getByRole("heading", { name: "Customers", level: 1 })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(AWAY.detail)).toBeHidden();
});
