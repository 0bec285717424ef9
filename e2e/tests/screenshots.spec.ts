// The pictures of the README, taken from the demonstration store.
import { figure } from "../support/deals";
import { expect, test } from "../support/test";

const FOLDER = "../docs/screenshots";

test("the deal and the desk", async ({ as }) => {
  const page = await as("manager");
  await page.goto("/desk");
  await expect(page.getByRole("row").nth(5)).toBeVisible();
  await page.screenshot({ path: `${FOLDER}/desk.png` });

  await page.goto("/desk?q=rivera");
  await page.getByRole("link", { name: /^D-/ }).first().click();
  await figure(page, "Tax", "Finance").first().click();
  await page.getByRole("complementary", { name: "Details" }).getByRole("list", { name: "From" }).getByRole("button").first().click();
  await expect(page.getByText(/Tax Code 152/)).toBeVisible();
  await page.screenshot({ path: `${FOLDER}/deal.png` });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: `${FOLDER}/deal-dark.png`, animations: "disabled" });
});
