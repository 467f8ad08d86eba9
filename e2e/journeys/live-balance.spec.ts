import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { startAnotherServer } from "../another-server";
import { freePort } from "../built-server";
import { complaintsOf, linkFor, newPerson, signIn, spend } from "./hub";

const balanceOf = (page: Page) => page.getByRole("link", { name: /^Balance:/ });

/** The streams that this browser's pages have opened and not closed. */
function watchStreams(context: BrowserContext): { opened: () => number; open: () => number } {
  let opened = 0;
  let open = 0;
  const isStream = (request: { url(): string }) => new URL(request.url()).pathname === "/api/events";
  context.on("request", (request) => isStream(request) && (opened++, open++));
  context.on("requestfinished", (request) => isStream(request) && open--);
  context.on("requestfailed", (request) => isStream(request) && open--);
  return { opened: () => opened, open: () => open };
}

/** Hides a tab or brings it back, as the browser does with one that another covers. */
async function setSight(page: Page, visibility: "visible" | "hidden"): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, visibility);
}

async function twoTabs(browser: Browser, credits: number) {
  const context = await browser.newContext();
  const streams = watchStreams(context);
  const first = await context.newPage();
  const complaints = complaintsOf(first);
  const person = await signIn(first, newPerson({ credits }));
  const second = await context.newPage();
  await second.goto("/account");
  return { context, streams, first, second, person, complaints };
}

test("another server process spends, and every open tab shows it, with one stream for all of them", async ({
  browser,
  playwright,
}) => {
  const another = await startAnotherServer(await freePort());
  const imagegene = await playwright.request.newContext({ baseURL: another.url });
  try {
    const { context, streams, first, second, person, complaints } = await twoTabs(browser, 40);
    await expect.poll(streams.open).toBe(1);
    for (const [amount, left] of [
      [4, 36],
      [25, 11],
    ] as const) {
      await spend(imagegene, person.user_id, amount, "imagegene", "A picture");
      for (const page of [first, second]) await expect(balanceOf(page)).toContainText(`${left} KU Coins`);
      // The account page's own figure goes with the header.
      await expect(second.getByRole("main").getByText(`${left} KU Coins`, { exact: true })).toBeVisible();
    }
    expect(streams.open()).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  } finally {
    await imagegene.dispose();
    await another.stop();
  }
});

test("a tab that goes out of sight hands its stream over, and one that comes back shows what is true", async ({
  browser,
  request,
}) => {
  const { context, streams, first, second, person } = await twoTabs(browser, 40);
  await expect.poll(streams.open).toBe(1);
  await setSight(first, "hidden");
  await spend(request, person.user_id, 1, "imagegene", "A picture");
  for (const page of [second, first]) await expect(balanceOf(page)).toContainText("39 KU Coins");
  await setSight(second, "hidden");
  await expect.poll(streams.open).toBe(0);
  await spend(request, person.user_id, 1, "imagegene", "A picture");
  await setSight(first, "visible");
  for (const page of [first, second]) await expect(balanceOf(page)).toContainText("38 KU Coins");
  await expect.poll(streams.open).toBe(1);
  await context.close();
});

test("ten tabs do not keep one another from loading", async ({ browser, request }) => {
  const { context, streams, first, person } = await twoTabs(browser, 40);
  const tabs = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const page = await context.newPage();
      await page.goto("/workspace");
      return page;
    }),
  );
  await spend(request, person.user_id, 3, "imagegene", "A picture");
  for (const page of [first, ...tabs]) await expect(balanceOf(page)).toContainText("37 KU Coins");
  await expect.poll(streams.open).toBe(1);
  await context.close();
});

test("where streams are kept from a page it asks, and shows the same", async ({ page, request }) => {
  await page.route("**/api/events", (route) => route.abort());
  const { user_id: user } = await signIn(page, newPerson({ credits: 20 }));
  await spend(request, user, 2, "imagegene", "A picture");
  await expect(balanceOf(page)).toContainText("18 KU Coins", { timeout: 40_000 });
});

test("where a browser knows no locks each tab asks for itself", async ({ page, request }) => {
  await page.addInitScript(() => delete (Navigator.prototype as { locks?: unknown }).locks);
  const { user_id: user } = await signIn(page, newPerson({ credits: 20 }));
  await spend(request, user, 2, "imagegene", "A picture");
  await expect(balanceOf(page)).toContainText("18 KU Coins", { timeout: 40_000 });
});

test("a tab of the person before never shows what the person after has, and says that somebody else is there", async ({
  browser,
  request,
}) => {
  const { context, first, second } = await twoTabs(browser, 40);
  const other = newPerson({ credits: 7, username: "Somebody Else" });
  await second.goto(await linkFor(request, other));
  await expect(balanceOf(second)).toContainText("7 KU Coins");
  await expect(first.getByText("Somebody else is signed in now")).toBeVisible();
  await spend(request, other.user_id, 2, "imagegene", "A picture");
  await expect(balanceOf(second)).toContainText("5 KU Coins");
  await expect(balanceOf(first)).toContainText("40 KU Coins");
  await context.close();
});

test("signing out everywhere on another device ends the stream, and every tab says so", async ({
  browser,
  request,
}) => {
  const { context, streams, first, second, person } = await twoTabs(browser, 40);
  await expect.poll(streams.open).toBe(1);
  const device = await browser.newContext();
  const phone = await device.newPage();
  await phone.goto(await linkFor(request, person));
  await phone.goto("/account");
  await phone.getByRole("button", { name: "Sign out everywhere" }).click();
  await phone.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(phone).toHaveURL(/\/$/);
  for (const page of [first, second]) await expect(page.getByText("You are signed out")).toBeVisible();
  await expect.poll(streams.open).toBe(0);
  await device.close();
  await context.close();
});
