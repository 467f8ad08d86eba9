import { expect, test } from "@playwright/test";
import { complaintsOf, expectAccessible, expectToFit, linkFor, newPerson, signIn } from "./hub";

test("a newcomer chooses a person at the hub and finds their account, and the token is nowhere", async ({
  page,
}) => {
  const complaints = complaintsOf(page);
  const leaks: string[] = [];
  page.on("request", (request) => {
    if (/auth_token|eyJ/.test(request.headers().referer ?? "")) leaks.push(`Referer of ${request.url()}`);
  });
  page.on("framenavigated", (frame) => {
    if (frame.url().includes("auth_token")) leaks.push(`address ${frame.url()}`);
  });

  await page.goto("/demo");
  await page.getByRole("button", { name: "Sign in as Dora Nagy" }).click();
  await expect(page.getByRole("heading", { name: "Welcome, Dora Nagy." })).toBeVisible();
  await expect(page).toHaveURL(/\/penora$/);
  expect(await page.evaluate(() => document.cookie)).not.toContain("penora");

  await page.getByRole("link", { name: "Account", exact: true }).first().click();
  await expect(page.getByRole("heading", { name: "Account", level: 1 })).toBeVisible();
  await expect(page.getByText("dora@demo.example")).toBeVisible();

  await page.goBack();
  await expect(page).toHaveURL(/\/penora$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/demo$/);
  expect(leaks).toEqual([]);
  expect(complaints).toEqual([]);
});

test("a guest is sent to log in and comes back to where they wanted to go", async ({ page }) => {
  await page.goto("/account?app=penora");
  await expect(page).toHaveURL(/\/demo\?redirect=/);
  await expect(page.getByText("Sign in to go on")).toBeVisible();

  await page.getByLabel("Id").fill(newPerson().user_id);
  await page.getByLabel("Name").fill("Maja Holm");
  await page.getByLabel("Email").fill("maja@demo.example");
  await page.getByLabel("KU Coins").fill("33");
  await page.getByRole("button", { name: "Sign in with this token" }).click();

  await expect(page).toHaveURL(/\/account\?app=penora$/);
  await expect(page.getByText("Maja Holm", { exact: true })).toBeVisible();
  await expect(page.getByText("33 KU Coins").first()).toBeVisible();
});

test("with the keyboard alone one signs in", async ({ page }) => {
  await page.goto("/demo");
  const button = page.getByRole("button", { name: "Sign in as Bruno Keller" });
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(button).toBeFocused({ timeout: 50 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Welcome, Bruno Keller." })).toBeVisible();
});

test("the hub's link works with a slash at its end too", async ({ page }) => {
  const link = await linkFor(page.request, newPerson());
  await page.goto(link.replace("/penora?", "/penora/?"));
  await expect(page.getByRole("heading", { name: "Welcome, Erik Lund." })).toBeVisible();
  expect(page.url()).not.toContain("auth_token");
});

test("a link that is no good leads to a page that says so, with status 401", async ({ page }) => {
  const reply = await page.goto("/penora?auth_token=eyJhbGciOiJub25lIn0.e30.&lang=en");
  expect(reply?.status()).toBe(401);
  await expect(page).toHaveURL(/\/sign-in-failed$/);
  await expect(page.getByRole("link", { name: /^Sign in at/ })).toBeVisible();
  await expectAccessible(page);
  await expectToFit(page);
});

test("a token in sessionStorage is exchanged once and is gone from there", async ({ page }) => {
  const token = new URL(await linkFor(page.request, newPerson())).searchParams.get("auth_token");
  await page.goto("/penora");
  await page.evaluate((value) => sessionStorage.setItem("auth_token", value as string), token);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Welcome, Erik Lund." })).toBeVisible();
  expect(await page.evaluate(() => sessionStorage.getItem("auth_token"))).toBeNull();
});

test("signing out everywhere ends the other browser, and the link from before", async ({ page, browser }) => {
  const person = newPerson();
  const link = await linkFor(page.request, person);
  await page.goto(link);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, person);

  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByRole("link", { name: "Sign in", exact: true })).toBeVisible();

  await other.goto("/account");
  await expect(other).toHaveURL(/\/demo\?redirect=/);
  await other.goto(link);
  await expect(other).toHaveURL(/\/sign-in-failed$/);
  await signIn(other, person);
  await other.context().close();
});

test("signing out here leaves the other browser alone", async ({ page, browser }) => {
  const person = await signIn(page);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, person);
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("link", { name: "Sign in", exact: true })).toBeVisible();
  await other.goto("/account");
  await expect(other.getByRole("heading", { name: "Account", level: 1 })).toBeVisible();
  await other.context().close();
});

test("a new person's link replaces the session, is said once, and the old page changes nothing", async ({
  page,
}) => {
  await signIn(page, newPerson({ username: "Anna First" }));
  await page.goto("/account");
  const second = await page.context().newPage();
  await second.goto(await linkFor(page.request, newPerson({ username: "Berit Second" })));
  await expect(second.getByText("You are signed in as Berit Second now")).toBeVisible();
  await second.reload();
  await expect(second.getByRole("heading", { name: "Welcome, Berit Second." })).toBeVisible();
  await expect(second.getByText("You are signed in as Berit Second now")).toBeHidden();

  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByText("Somebody else is signed in now").first()).toBeVisible();
  await second.goto("/account");
  await expect(second.getByText("Berit Second", { exact: true })).toBeVisible();
});

test("the demo can be used by everybody, by day and by lamplight, on a narrow screen", async ({ page }) => {
  await page.goto("/demo?redirect=https%3A%2F%2Fevil.example%2F");
  await expect(page.getByText("Sign in to go on")).toBeHidden();
  await expectAccessible(page);
  await expectToFit(page);
});

test("every answer to a page carries its headers, redirects and failures included", async ({ request }) => {
  for (const path of [
    "/",
    "/penora",
    "/demo",
    "/account",
    "/sign-in-failed",
    "/account/",
    "/penora?auth_token=x",
    "/icon.svg",
  ]) {
    const reply = await request.get(path, { maxRedirects: 0 });
    const headers = reply.headers();
    expect(headers["content-security-policy"], path).toMatch(
      /script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic';/,
    );
    expect(headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["referrer-policy"], path).toBe("same-origin");
    if (reply.status() >= 300 && reply.status() < 400)
      expect(headers["cache-control"], path).toBe("no-store");
  }
});
