import { expect, type Page, test } from "@playwright/test";
import { complaintsOf, expectAccessible, expectToFit, newPerson, signIn, spend } from "./hub";

const notice = (page: Page) => page.getByRole("banner").getByText(/KU Coins? left\.$/);
const putAway = (page: Page) => page.getByRole("button", { name: /^Put this notice away/ });

test("whoever runs low is told quietly, with the way to more, until they put it away", async ({
  page,
  playwright,
  baseURL,
}) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page, newPerson({ credits: 7 }));
  await page.goto("/workspace");
  await expect(page.getByRole("link", { name: /^Balance:/ })).toContainText("7 KU Coins");
  await expect(notice(page)).toHaveCount(0);

  const app = await playwright.request.newContext({ baseURL });
  await spend(app, user, 3, "imagegene", "Picture: a harbour");
  await expect(notice(page)).toHaveText("Only 4 KU Coins left.", { timeout: 30_000 });
  const announced = page.getByRole("status").filter({ hasText: "Only 4 KU Coins left." });
  await expect(announced).toBeVisible();
  const more = page.getByRole("link", { name: "Get more" });
  await expect(more).toHaveAttribute("href", /^https?:\/\/.*top/);
  await expectAccessible(page);
  await expectToFit(page);

  await putAway(page).click();
  await expect(notice(page)).toHaveCount(0);
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: "Account", level: 1 })).toBeVisible();
  await spend(app, user, 4, "imagegene", "Picture: the same harbour at night");
  await expect(page.getByRole("link", { name: /^Balance:/ })).toContainText("0 KU Coins", {
    timeout: 30_000,
  });
  await expect(notice(page)).toHaveCount(0);
  await app.dispose();
  expect(complaints).toEqual([]);
});

test("put away, the notice comes back when coins run low another time", async ({ page, request }) => {
  const { user_id: user } = await signIn(page, newPerson({ credits: 2 }));
  await page.goto("/workspace");
  await expect(notice(page)).toHaveText("Only 2 KU Coins left.");
  await putAway(page).click();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(notice(page)).toHaveCount(0);

  const added = await request.post("/api/unified/add-credits", {
    headers: { "X-API-Key": process.env.PENORA_API_KEY ?? "" },
    data: { user_id: user, amount: 10 },
  });
  expect(added.status()).toBe(200);
  await page.reload();
  await expect(page.getByRole("link", { name: /^Balance:/ })).toContainText("12 KU Coins");
  await expect.poll(() => page.evaluate(() => document.cookie)).not.toContain("penora_low_balance");
  await spend(request, user, 11, "imagegene", "Picture: a fox");
  await page.reload();
  await expect(notice(page)).toHaveText("Only 1 KU Coin left.");
});

test("the person chooses where low begins", async ({ page }) => {
  const complaints = complaintsOf(page);
  await signIn(page, newPerson({ credits: 12 }));
  await page.goto("/account");
  const field = page.getByLabel("Tell me when few coins are left");
  await expect(field).toHaveValue("5");
  await field.fill("a dozen");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("A whole number from 0 to 1,000,000.")).toBeVisible();
  await field.fill("12");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(notice(page)).toHaveText("Only 12 KU Coins left.");
  await expectAccessible(page);
  await expectToFit(page);
  await page.reload();
  await expect(field).toHaveValue("12");
  await expect(notice(page)).toBeVisible();
  await field.fill("0");
  await field.press("Enter");
  await expect(notice(page)).toHaveCount(0);
  expect(complaints).toEqual([]);
});
