import { expect, test } from "@playwright/test";
import { complaintsOf, expectAccessible, expectToFit, signIn } from "./hub";

for (const path of ["/", "/penora"]) {
  test(`a guest reads ${path} and finds the way in`, async ({ page }) => {
    const complaints = complaintsOf(page);
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await expectToFit(page);
    await page
      .getByRole("main")
      .getByRole("link", { name: /sign in/i })
      .first()
      .click();
    await expect(page).toHaveURL(/\/demo\?redirect=/);
    expect(complaints).toEqual([]);
  });
}

test("whoever is signed in finds coins, the way to write and the last projects at home", async ({ page }) => {
  const complaints = complaintsOf(page);
  await signIn(page);
  await expectAccessible(page);
  await page.goto("/");
  await expect(page.getByRole("complementary", { name: "Coins and space" })).toContainText("60 KU Coins");
  await expect(page.getByText("Nothing here yet")).toBeVisible();
  await expectAccessible(page);
  await expectToFit(page);
  await page.getByRole("link", { name: "Write from a prompt" }).click();
  await expect(page).toHaveURL(/\/single-prompt$/);
  expect(complaints).toEqual([]);
});

test("home leads back to the text that was under way", async ({ page }) => {
  await signIn(page);
  await page.goto("/single-prompt");
  await page.getByRole("textbox").first().fill("A ferry that comes once a year");
  await page.getByRole("button", { name: "Write it" }).click();
  await expect(page).toHaveURL(/generation=/);
  const text = page.url();
  await page.goto("/");
  await page.getByRole("link", { name: /Go on where you stopped|Watch it being written/ }).click();
  await expect(page).toHaveURL(text);
});

test("a page that does not exist says so, and an unknown door answers in JSON", async ({ page, request }) => {
  await signIn(page);
  const reply = await page.goto("/no-such-page");
  expect(reply?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
  await expectToFit(page);
  const door = await request.get("/api/no-such-door");
  expect(door.status()).toBe(404);
  expect(await door.json()).toMatchObject({ success: false, code: "not_found" });
});
