import { expect, test } from "@playwright/test";
import { complaintsOf, expectAccessible, expectToFit, linkFor, newPerson, signIn, spend } from "./hub";

for (const path of ["/docs", "/docs/holds", "/docs/shapes", "/docs/guide", "/docs/errors"]) {
  test(`a guest reads ${path}, by day and by lamplight, on a wide screen and on a narrow one`, async ({
    page,
  }) => {
    test.setTimeout(180_000); // axe looks at each of thousands of words of code
    const complaints = complaintsOf(page);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).origin));
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await expectToFit(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByText("Contents", { exact: true }).click();
    await expect(page.getByRole("navigation", { name: "Contents, narrow" })).toBeVisible();
    await expectToFit(page);
    expect([...new Set(asked)]).toEqual([new URL(page.url()).origin]);
    expect(complaints).toEqual([]);
  });
}

test("the footer leads to the docs, for whoever is signed in too", async ({ page }) => {
  await signIn(page);
  await page.getByRole("contentinfo").getByRole("link", { name: "For developers" }).click();
  await expect(page).toHaveURL(/\/docs$/);
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
});

test("the landing page leads a guest to the guide", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Put your app on Penora" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Put your app on Penora" })).toBeVisible();
});

test("a call is found by its name with the keyboard alone, and has an address to pass on", async ({
  page,
}) => {
  await page.goto("/docs");
  const index = page.getByRole("navigation", { name: "Contents", exact: true });
  await index.getByRole("searchbox").focus();
  await page.keyboard.type("capture");
  await expect(index.getByRole("listitem")).toHaveCount(1);
  await expect(index.getByRole("status")).toHaveText("1 found.");
  await page.keyboard.press("Tab"); // the page of all holds
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/docs\/holds#captureHold$/);
  await expect(page.getByRole("heading", { name: "Charge a hold" })).toBeInViewport();
  await index.getByRole("searchbox").fill("no such thing");
  await expect(index.getByText("Nothing has this name.")).toBeVisible();
});

test("a failure leads to what to do about it", async ({ page }) => {
  await page.goto("/docs/credits#deductCredits");
  const section = page.getByRole("region", { name: "Spend credits at once" });
  await section.getByRole("link", { name: "insufficient_credits" }).click();
  await expect(page).toHaveURL(/\/docs\/errors#insufficient_credits$/);
  await expect(page.getByRole("heading", { name: "insufficient_credits" })).toBeInViewport();
});

test("a language that is chosen for one example is chosen for all, and stays", async ({ page }) => {
  await page.goto("/docs/guide");
  const inTypeScript = page.getByRole("group", { name: "Hold the price, in TypeScript" });
  await expect(inTypeScript).toBeHidden();
  await page.getByRole("radio", { name: "TypeScript" }).first().check();
  await expect(inTypeScript).toBeVisible();
  await page.goto("/docs/people");
  await expect(page.getByRole("group", { name: "What this key is and may do, in TypeScript" })).toBeVisible();
});

test("an example is copied, or marked where the browser does not let it be copied", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/docs/guide");
  const copy = page.getByRole("button", { name: "Copy : Ask who you are, with curl" });
  const label = page.getByRole("button", { name: /: Ask who you are, with curl/ });
  await label.click();
  await expect(label).toContainText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("/api/unified/me");
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("not here"));
  });
  await page.keyboard.press("Tab");
  await expect(copy).toBeVisible();
  await label.click();
  await expect(page.getByText("The code is marked.")).toBeVisible();
  expect(await page.evaluate(() => getSelection()?.toString())).toContain("/api/unified/me");
});

test("the guide's page for an app shows the balance of whoever is signed in there, and follows it", async ({
  page,
  request,
}) => {
  const person = newPerson();
  await request.get(await linkFor(request, person));
  await page.goto("/docs/guide");
  const snippet = await page.locator("[data-example='guide-balance-page']").innerText();
  // The app stands at an address of ours, so that its page needs no leave to ask from another.
  await page.route("**/my-app", (route) => route.fulfill({ contentType: "text/html", body: snippet }));
  await page.route("**/penora-token", async (route) => {
    const told = await request.post("/api/unified/browser-tokens", {
      headers: { "X-API-Key": process.env.PENORA_API_KEY ?? "" },
      data: { user_id: person.user_id, expires_in: 900 },
    });
    await route.fulfill({ json: await told.json() });
  });
  await page.goto("/my-app");
  const balance = page.locator("penora-balance");
  await expect.poll(() => balance.evaluate((one) => one.shadowRoot?.textContent)).toContain("60");
  await spend(request, person.user_id, 7, "imagegene", "A picture");
  await expect.poll(() => balance.evaluate((one) => one.shadowRoot?.textContent)).toContain("53");
});
