import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { complaintsOf, expectAccessible, expectToFit, linkFor, newPerson, signIn } from "./hub";

const LABEL = "Demo writer: rule-based, no AI";
const PROMPT =
  "A lighthouse keeper named Ada finds a letter in a bottle and must decide whether to answer it.";

const promptField = (page: Page) => page.getByLabel("What should it be about?");
const writeButton = (page: Page) => page.getByRole("button", { name: "Write it" });
const stopButton = (page: Page) => page.getByRole("button", { name: "Stop" });
const outcome = (page: Page) => page.getByRole("region", { name: "How it ended" });
const spoken = (page: Page) => page.locator("article > [role=status]");

/** Everything that was written, as it stands on the page. */
async function shownText(page: Page): Promise<string> {
  const paragraphs = await page.getByRole("region", { name: "The text" }).locator("p").allTextContents();
  return paragraphs.join("\n\n");
}

async function begin(page: Page, pages: number, model = "Balanced"): Promise<void> {
  await page.goto("/single-prompt");
  await promptField(page).fill(PROMPT);
  await page.getByLabel("Pages").fill(String(pages));
  await page.getByLabel(model).check();
  await writeButton(page).click();
  await expect(stopButton(page)).toBeVisible();
}

/** Waits until so many words stand there. */
async function untilWords(page: Page, words: number): Promise<void> {
  await expect
    .poll(async () => (await shownText(page)).split(/\s+/).filter(Boolean).length, { timeout: 30_000 })
    .toBeGreaterThan(words);
}

test("write, watch, stop, reload, go on, find it in the workspace, download it", async ({ page }) => {
  const complaints = complaintsOf(page);
  await signIn(page, newPerson({ credits: 50 }));
  await begin(page, 3);
  await expect(page).toHaveURL(/\/single-prompt\?generation=[0-9a-f-]{36}$/);
  await expect(page.getByText(LABEL)).toBeVisible();
  await expect(page.getByText("47 KU Coins").first()).toBeVisible();
  await untilWords(page, 450);
  await expect(page.getByText("Page 1: done")).toBeAttached();

  await stopButton(page).click();
  await expect(outcome(page)).toContainText("Stopped");
  await expect(outcome(page)).toContainText("2 KU Coins charged, 1 given back");
  await expect(outcome(page)).toContainText("Up to 1 KU Coin for about");
  await expect(page.getByText("48 KU Coins").first()).toBeVisible();
  await expect(spoken(page)).toContainText("2 KU Coins charged");
  const stopped = await shownText(page);

  await page.reload();
  await expect(outcome(page)).toContainText("Stopped");
  expect(await shownText(page)).toBe(stopped);
  await page.getByRole("button", { name: "Continue from here" }).click();
  await expect(stopButton(page)).toBeVisible();
  await page.reload();
  await expect(outcome(page)).toContainText("Finished", { timeout: 30_000 });
  await expect(outcome(page)).toContainText("3 KU Coins in all");
  const whole = await shownText(page);
  expect(whole.startsWith(stopped)).toBe(true);

  await page.getByRole("button", { name: "Export" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Plain text (TXT)" }).click();
  const file = await readFile(await (await coming).path(), "utf8");
  expect(file).toContain(`\n${LABEL}\n\n${whole}\n`);

  await page.getByRole("link", { name: "Open in the workspace" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "3 Page(s) - A lighthouse keeper named Ada …",
  );
  await expect(page.getByText(LABEL)).toBeVisible();
  await page.goto("/account");
  await expect(page.getByText(/Single prompt, 3 pages: A lighthouse keeper/).first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test("the price stands there while one types, and the button is off with the reason", async ({ page }) => {
  const complaints = complaintsOf(page);
  await signIn(page, newPerson({ credits: 50 }));
  await page.goto("/single-prompt");
  await expect(page.getByText("Say first what it should be about.")).toBeVisible();
  await promptField(page).fill(PROMPT);
  await page.getByLabel("Pages").fill("12");
  await expect(page.getByText("Up to 12 KU Coins for about 4,800 words.")).toBeVisible();
  await expect(page.getByText("Balance 50 → at least 38.")).toBeVisible();
  await page.getByLabel("Creative").check();
  await expect(page.getByText("Up to 18 KU Coins for about 4,800 words.")).toBeVisible();
  await expect(writeButton(page)).not.toHaveAttribute("aria-disabled");
  await expectAccessible(page);
  await expectToFit(page);

  await page.getByLabel("Pages").fill("50");
  await expect(page.getByText("You have 50 KU Coins, and this needs 75: 25 more.")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Get more KU Coins/ })).toHaveAttribute("href", /.+/);
  await expect(writeButton(page)).toHaveAttribute("aria-disabled", "true");
  await expect(writeButton(page)).toHaveAccessibleDescription(/25 more/);
  await writeButton(page).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Pages").fill("51");
  await expect(page.getByText("A whole number from 1 to 50.")).toBeVisible();
  await expectAccessible(page);

  await page.reload();
  await expect(promptField(page)).toHaveValue(PROMPT);
  await expect(page).toHaveURL(/\/single-prompt$/);
  expect(complaints).toEqual([]);
});

test("two tabs show the same text, and a line that breaks costs no word", async ({ page, context }) => {
  await signIn(page, newPerson({ credits: 50 }));
  await begin(page, 2);
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(stopButton(second)).toBeVisible();
  await untilWords(page, 60);

  await page.route("**/events", (route) => route.abort());
  await page.reload();
  await expect(page.getByText("The connection is lost.")).toBeVisible();
  await page.unroute("**/events");
  await expect(outcome(page)).toContainText("Finished", { timeout: 30_000 });
  await expect(outcome(second)).toContainText("Finished", { timeout: 30_000 });
  const whole = await shownText(page);
  expect(await shownText(second)).toBe(whole);
  await page.reload();
  await expect(outcome(page)).toContainText("Finished");
  expect(await shownText(page)).toBe(whole);
});

test("the page follows the text only while the reader is at its end", async ({ page }) => {
  await signIn(page, newPerson({ credits: 50 }));
  await page.setViewportSize({ width: 360, height: 640 });
  await begin(page, 4);
  await untilWords(page, 250);
  const end = page.getByRole("region", { name: "The text" }).locator("p").last();
  await expect(end).toBeInViewport();
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
  const words = (await shownText(page)).split(/\s+/).length;
  await untilWords(page, words + 60);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  await expectAccessible(page);
  await stopButton(page).click();
  await expect(outcome(page)).toBeAttached();
  await expectToFit(page);
  await expectAccessible(page);
});

test("the keyboard alone begins, stops and goes on, and is never lost", async ({ page }) => {
  await signIn(page, newPerson({ credits: 50 }));
  await page.goto("/single-prompt");
  await promptField(page).fill(PROMPT);
  await writeButton(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(spoken(page)).toContainText(/Writing has begun|Page 1/);
  await untilWords(page, 20);
  await stopButton(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Stopped" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Continue from here" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(stopButton(page)).toBeVisible();
  await expect(spoken(page)).toContainText(/Writing goes on|Page/);
  await page.keyboard.press("Tab");
  await expect(stopButton(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Stopped" })).toBeFocused();
});

test("a request whose answer was lost makes one text and one charge, however often it is sent", async ({
  page,
}) => {
  await signIn(page, newPerson({ credits: 50 }));
  await page.goto("/single-prompt");
  const keys = new Set<string | undefined>();
  let lost = true;
  await page.route("**/api/me/generations", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    keys.add(route.request().headers()["idempotency-key"]);
    const reply = await route.fetch();
    return lost ? route.abort("connectionreset") : route.fulfill({ response: reply });
  });
  await promptField(page).fill(PROMPT);
  await page.getByLabel("Pages").fill("1");
  await writeButton(page).click();
  await expect(page.getByRole("alert").getByText("Penora can’t be reached")).toBeVisible({ timeout: 20_000 });
  await expect(promptField(page)).toHaveValue(PROMPT);
  lost = false;
  await writeButton(page).click();
  await expect(outcome(page)).toContainText("Finished", { timeout: 30_000 });
  expect(keys.size).toBe(1);
  await page.getByRole("button", { name: "Write something new" }).click();
  await expect(page.getByRole("region", { name: "Your last texts" }).getByRole("listitem")).toHaveCount(1);
  await expect(page.getByText("49 KU Coins").first()).toBeVisible();
});

test("under another person's session nothing is written, and every word typed stays", async ({
  page,
  context,
  playwright,
  baseURL,
}) => {
  await signIn(page, newPerson({ credits: 50 }));
  await page.goto("/single-prompt");
  await promptField(page).fill("Words that must not be lost");
  const second = await context.newPage();
  const hub = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  await second.goto(await linkFor(hub, newPerson({ username: "Eve" })));
  await expect(second).toHaveURL(/\/penora$/);
  await hub.dispose();
  await writeButton(page).click();
  await expect(page.getByRole("alert").getByText("Eve is signed in now")).toBeVisible();
  await expect(promptField(page)).toHaveValue("Words that must not be lost");
  await second.goto("/single-prompt");
  await expect(promptField(second)).toHaveValue("");
});

test("somebody else's text does not exist, and a guest comes back to theirs", async ({
  page,
  browser,
  baseURL,
}) => {
  await signIn(page, newPerson({ credits: 50 }));
  await begin(page, 1);
  const address = page.url();
  const other = await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage();
  await signIn(other);
  expect((await other.goto(address))?.status()).toBe(404);
  expect((await other.goto("/single-prompt?generation=nonsense"))?.status()).toBe(404);
  await other.context().close();
  const guest = await browser.newContext({ baseURL: baseURL ?? "" });
  const visit = await guest.request.get(address, { maxRedirects: 0 });
  expect(visit.status()).toBe(307);
  expect(new URL(visit.headers().location ?? "", baseURL).searchParams.get("redirect")).toBe(address);
  await guest.close();
});
