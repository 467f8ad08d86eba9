import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { complaintsOf, expectAccessible, expectToFit, newPerson, signIn, spend } from "./hub";

test("a new account says where its coins came from and what will stand there", async ({ page }) => {
  const complaints = complaintsOf(page);
  await signIn(page);
  await page.goto("/account");
  await expect(page.getByRole("row").filter({ hasText: "Welcome bonus" })).toContainText("+10");
  await expect(page.getByRole("row").filter({ hasText: "Opening balance" })).toContainText("+50");
  await expect(page.getByText("Nothing spent yet")).toBeVisible();
  await expect(page.getByRole("meter", { name: "Storage" })).toHaveAttribute(
    "aria-valuetext",
    "0 MB of 1 MB",
  );
  await expectAccessible(page);
  await expectToFit(page);
  expect(complaints).toEqual([]);
});

test("the statement goes by pages and by app, and its balances add up", async ({
  page,
  playwright,
  baseURL,
}) => {
  const person = await signIn(page, newPerson({ credits: 100 }));
  const app = await playwright.request.newContext({ baseURL });
  for (let nth = 1; nth <= 22; nth++)
    await spend(app, person.user_id, 1, nth % 2 ? "penora" : "imagegene", `Work ${nth}`);
  await app.dispose();

  await page.goto("/account");
  const lines = page
    .getByRole("table", { name: /^Statement/ })
    .locator("tbody")
    .getByRole("row");
  await expect(lines).toHaveCount(20);
  await expect(lines.first()).toContainText("Work 22");
  await expect(lines.first()).toContainText("78");
  await expect(page.getByText("22 KU Coins in all.")).toBeVisible();

  await page.getByRole("link", { name: "Older" }).click();
  await expect(lines).toHaveCount(3);
  await expect(lines.last()).toContainText("Opening balance");
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(lines).toHaveCount(20);

  await page
    .getByRole("navigation", { name: "Statement by app" })
    .getByRole("link", { name: "ImageGene" })
    .click();
  await expect(page).toHaveURL(/app=imagegene/);
  await expect(lines).toHaveCount(11);
  await expectAccessible(page);
  await expectToFit(page);
});

test("the statement can be kept as CSV, of the app that is chosen", async ({ page }) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page, newPerson({ credits: 9 }));
  await spend(page.request, user, 1, "imagegene", "=1+1");
  await spend(page.request, user, 2, "penora", 'Grüße, "Una"');
  await page.goto("/account?app=imagegene");
  const link = page.getByRole("link", { name: "Download as CSV" });
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(file.suggestedFilename()).toMatch(/^penora-statement-imagegene-\d{4}-\d\d-\d\d\.csv$/);
  const text = readFileSync(await file.path(), "utf8");
  expect(text.split("\r\n")).toEqual([
    "\uFEFFid,created_at,app_name,transaction_type,amount,balance_after,description,project_code,metadata",
    expect.stringMatching(/^\d+,[\d-]{10} [\d:]{8},imagegene,used,-1,8,'=1\+1,,$/),
    "",
  ]);
  await page.goto("/account");
  const [whole] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(readFileSync(await whole.path(), "utf8")).toContain('"Grüße, ""Una"""');
  expect(complaints).toEqual([]);
});

test("an address that leads to no page of the statement leads to its beginning", async ({ page }) => {
  await signIn(page);
  await page.goto("/account?cursor=nonsense&app=%00");
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByText("Opening balance")).toBeVisible();
});

test("what the token says of a person is shown and not trusted", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await signIn(
    page,
    newPerson({
      username: "<b>Bold</b>",
      bio: "<img src=x onerror=alert(1)>",
      website: "javascript:alert(1)",
      profile_image: "http://evil.example/track.png",
    }),
  );
  await page.goto("/account");
  await expect(page.getByText("<b>Bold</b>", { exact: true })).toBeVisible();
  await expect(page.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
  await expect(page.getByText("javascript:alert(1)")).toBeVisible();
  await expect(page.getByRole("link", { name: "javascript:alert(1)" })).toHaveCount(0);
  expect(asked.filter((url) => url.includes("evil.example"))).toEqual([]);

  await signIn(page, newPerson({ website: "https://erik.example/a" }));
  await page.goto("/account");
  const link = page.getByRole("link", { name: "https://erik.example/a" });
  await expect(link).toHaveAttribute("rel", "noopener nofollow");
});

test("ImageGene spends, and the header and the account follow", async ({ page }) => {
  const complaints = complaintsOf(page);
  await signIn(page, newPerson({ credits: 12 }));
  await page.goto("/demo");
  await page.getByLabel("What shall it show?").fill("A fox in the snow at night");
  await page.getByRole("button", { name: "Draw it for 5 KU Coins" }).click();
  await expect(page.getByRole("img", { name: "A fox in the snow at night" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Balance:/ })).toContainText("7 KU Coins");
  await expect(
    page.getByRole("list", { name: "The calls that ImageGene made" }).getByRole("listitem"),
  ).toHaveCount(3);

  await page.getByRole("button", { name: "Draw it for 5 KU Coins" }).click();
  await expect(page.getByRole("link", { name: /^Balance:/ })).toContainText("2 KU Coins");
  await page.getByRole("button", { name: "Draw it for 5 KU Coins" }).click();
  await expect(page.getByText("No coin was spent.")).toBeVisible();
  await expectAccessible(page);

  await page.goto("/account");
  await expect(page.getByRole("row").filter({ hasText: "Picture: A fox in the snow at night" })).toHaveCount(
    2,
  );
  expect(complaints).toEqual([]);
});

test("ImageGene spends with its key while a page is open, and the header follows by itself", async ({
  page,
  playwright,
  baseURL,
}) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page, newPerson({ credits: 30 }));
  await page.goto("/workspace");
  const balance = page.getByRole("link", { name: /^Balance:/ });
  await expect(balance).toContainText("30 KU Coins");
  const visits: string[] = [];
  page.on("framenavigated", (frame) => visits.push(frame.url()));

  const imagegene = await playwright.request.newContext({ baseURL });
  await spend(imagegene, user, 4, "imagegene", "Picture: a harbour");
  await expect(balance).toContainText("26 KU Coins", { timeout: 30_000 });
  await expect(page.getByText("Balance now 26 KU Coins")).toBeAttached();
  await spend(imagegene, user, 25, "imagegene", "Picture: the same harbour at night");
  await expect(balance).toContainText("1 KU Coin", { timeout: 30_000 });
  await expect(page.getByText("Balance now 1 KU Coin", { exact: true })).toBeAttached();
  await imagegene.dispose();
  expect(visits).toEqual([]);
  expect(complaints).toEqual([]);
});
