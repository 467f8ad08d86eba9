import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { answerStories } from "../../lib/testing/story-model";
import { complaintsOf, expectAccessible, expectToFit, linkFor, newPerson, signIn } from "./hub";
import { startServerWithModel } from "./model-server";

const LABEL = "Demo writer: rule-based, no AI";
const PREMISE = "Ada keeps a lighthouse. One night a letter arrives that she wrote herself, dated next year.";
/** Writing takes its time, and longer where the machine is busy. */
const LONG = { timeout: 60_000 };

const step = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Steps" }).getByRole("button", { name });
const stopButton = (page: Page) => page.getByRole("button", { name: "Stop", exact: true });
const spoken = (page: Page) => page.locator("main p[role=status].sr-only");
const row = (page: Page, chapter: number) =>
  page
    .getByRole("list", { name: "Chapters" })
    .getByRole("listitem")
    .nth(chapter - 1);
const plans = (page: Page) => page.getByRole("list", { name: "Plan of the chapters" }).locator("> li");

async function beginStory(page: Page, chapters: number, words = 300, model = "Fast"): Promise<void> {
  await page.goto("/story-generator");
  await page.getByLabel("What is the story about?").fill(PREMISE);
  await page.getByLabel("Chapters").fill(String(chapters));
  await page.getByLabel("Words a chapter").fill(String(words));
  await page.getByLabel(model).check();
  await page.getByRole("button", { name: "Begin the story" }).click();
  await expect(page).toHaveURL(/\/story-generator\/[0-9a-f-]{36}$/);
}

async function planChapters(page: Page, chapters: number): Promise<void> {
  await page.getByRole("button", { name: "Plan the chapters" }).click();
  await expect(plans(page)).toHaveCount(chapters, LONG);
}

/** The text of the chapter that is shown. */
async function shownText(page: Page): Promise<string> {
  return (await page.getByRole("region", { name: "The text" }).locator("p").allTextContents()).join("\n\n");
}

async function textOf(page: Page, chapter: number): Promise<string> {
  await row(page, chapter).getByRole("button").click();
  await expect(page.getByRole("article", { name: `Chapter ${chapter}` })).toBeVisible();
  return shownText(page);
}

test("from an idea over a bible and an outline to chapters, the editor and a file", async ({ page }) => {
  test.setTimeout(180_000);
  const complaints = complaintsOf(page);
  await signIn(page, newPerson({ credits: 50 }));
  await page.goto("/penora");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Story" }).click();
  await expect(page.getByText("Say first what the story is about.")).toBeVisible();
  await page.getByLabel("What is the story about?").fill(PREMISE);
  await expect(page.getByText("Up to 15 KU Coins for about 5,000 words.")).toBeVisible();
  await expect(page.getByText("Balance 50 → at least 35.")).toBeVisible();
  await expectAccessible(page);
  await expectToFit(page);
  await beginStory(page, 3);

  await step(page, "Bible").click();
  await page.getByRole("button", { name: "Make a bible" }).click();
  await expect(page.getByLabel("People")).not.toHaveValue("", LONG);
  await expect(page.getByText("49 KU Coins").first()).toBeVisible();
  await expect(page.getByText(LABEL)).toBeVisible();
  await step(page, "Outline").click();
  await planChapters(page, 3);
  await expect(page.getByText("48 KU Coins").first()).toBeVisible();

  // The plan is the writer's: renamed, moved, one more and one less.
  await plans(page).nth(0).getByLabel("Title").fill("The letter");
  await page.getByRole("button", { name: "Move chapter 1 down" }).click();
  await expect(plans(page).nth(1).getByLabel("Title")).toHaveValue("The letter");
  await page.getByRole("button", { name: "Move chapter 2 up" }).click();
  await page.getByRole("button", { name: "Add a chapter" }).click();
  await page.getByRole("button", { name: "Remove chapter 4" }).click();
  const beats = await plans(page).nth(1).getByLabel("What happens").inputValue();
  await plans(page).nth(2).getByLabel("What happens").fill(beats);
  await expect(page.getByText(/Beat 1 says the same as beat 1 of chapter/).first()).toBeVisible();
  await plans(page).nth(2).getByLabel("What happens").fill("The letter is answered.\nThe light goes out.");
  await expect(page.getByText(/says the same as/)).toHaveCount(0);
  await page.getByRole("form", { name: "Outline" }).getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("form", { name: "Outline" }).getByText("Saved.")).toBeVisible();
  await expectAccessible(page);
  await expectToFit(page);

  await step(page, "Chapters").click();
  await expect(page.getByText("Up to 3 KU Coins for about 900 words.")).toBeVisible();
  await expect(page.getByText("Balance 48 → at least 45.")).toBeVisible();
  await page.getByRole("button", { name: "Write all 3 chapters" }).click();
  await expect(row(page, 1)).toContainText(/writing \d+ %/);
  await expect(spoken(page)).toContainText(/Chapter 1|Writing has begun/);
  await expect(stopButton(page)).toBeVisible();
  await expect(row(page, 3)).toContainText(/done \d+ of 300/, LONG);
  await expect(stopButton(page)).toHaveCount(0);
  await expect(spoken(page)).toContainText("All chapters are written.");
  await expect(page.getByText("45 KU Coins").first()).toBeVisible();
  await expect(row(page, 1)).toContainText("1. The letter");
  const first = await textOf(page, 1);
  expect(first.split(/\s+/).length).toBeGreaterThan(250);
  await expectAccessible(page);
  await expectToFit(page);

  // Anew, once for nothing: the old text is kept and can be put back.
  await page.getByRole("button", { name: "Write it anew" }).click();
  await expect(row(page, 1)).toContainText(/writing/);
  await expect(page.getByRole("button", { name: "1 earlier text" })).toBeVisible(LONG);
  await expect(row(page, 2)).toContainText("may be out of date");
  await expect(page.getByText("45 KU Coins").first()).toBeVisible();
  expect(await textOf(page, 1)).not.toBe(first);
  await expect(page.getByText("Up to 1 KU Coin. What stands here is kept as a version.")).toBeVisible();
  await page.getByRole("button", { name: "1 earlier text" }).click();
  await page.getByRole("button", { name: "Put it back" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect.poll(() => textOf(page, 1)).toBe(first);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "Markdown" }).click();
  expect(await readFile(await (await download).path(), "utf8")).toContain("The letter");
  const address = page.url();
  await page.getByRole("link", { name: "Edit" }).click();
  await expect(page).toHaveURL(/\/workspace\/[A-Z0-9]{6}$/);
  await page.goto("/penora");
  await page.goto("/");
  await page.getByRole("link", { name: "Go on where you stopped" }).click();
  await expect(page).toHaveURL(address);
  await page.goto("/account");
  await expect(page.getByText(/Story “Ada keeps a lighthouse.*chapter 1: The letter/).first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a reload during chapter 3 of 5, and a second tab, miss no word", async ({ page, context }) => {
  test.setTimeout(180_000);
  await signIn(page, newPerson({ credits: 50 }));
  await beginStory(page, 5);
  await planChapters(page, 5);
  await step(page, "Chapters").click();
  await page.getByRole("button", { name: "Write all 5 chapters" }).click();
  await expect(row(page, 3)).toContainText(/writing \d+ %/, LONG);
  const second = await context.newPage();
  await second.goto(page.url());
  await page.reload();
  await expect(row(page, 1)).toContainText(/done \d+ of 300/);
  await expect(row(page, 5)).toContainText(/done \d+ of 300/, LONG);
  await expect(row(second, 5)).toContainText(/done \d+ of 300/, LONG);
  await expect(page.getByText("44 KU Coins").first()).toBeVisible();
  const seen: string[] = [];
  for (const chapter of [1, 2, 3, 4, 5]) {
    const text = await textOf(page, chapter);
    expect(await textOf(second, chapter)).toBe(text);
    seen.push(text);
  }
  await page.reload();
  for (const chapter of [3, 4]) expect(await textOf(page, chapter)).toBe(seen[chapter - 1]);
});

test("ten seconds without a line, a stop, and going on", async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, newPerson({ credits: 50 }));
  await beginStory(page, 2, 2_500);
  await planChapters(page, 2);
  await step(page, "Chapters").click();
  await page.route("**/events", (route) => route.abort());
  await page.getByRole("button", { name: "Write all 2 chapters" }).click();
  await expect(
    page.getByText("The connection is lost. It is still being written, and nothing is missed."),
  ).toBeVisible(LONG);
  // The demo writer takes more than ten seconds for so much.
  const id = page.url().split("/").at(-1) ?? "";
  const written = async () => {
    const reply = await page.request.get(`/api/me/stories/${id}`);
    return ((await reply.json()) as { pieces: { words: number }[] }).pieces[0]?.words ?? 0;
  };
  await expect.poll(written, LONG).toBeGreaterThan(1_300);
  await page.unroute("**/events");
  await expect(row(page, 1)).toContainText(/writing [5-9]\d %/, LONG);

  await stopButton(page).click();
  await expect(row(page, 1)).toContainText(/stopped, [\d,]+ of 2,500/);
  await expect(stopButton(page)).toHaveCount(0);
  const stopped = await textOf(page, 1);
  await page.reload();
  expect(await textOf(page, 1)).toBe(stopped);
  await expect(page.getByText(/You pay only for the words that it adds/)).toBeVisible();
  await page.getByRole("button", { name: "Continue this chapter" }).click();
  await expect(row(page, 1)).toContainText(/done [\d,]+ of 2,500/, LONG);
  expect((await textOf(page, 1)).startsWith(stopped)).toBe(true);
  await expect(row(page, 2)).toContainText("waiting");
});

test("a double click, and an answer that was lost, make one generation and one charge", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, newPerson({ credits: 50 }));
  await beginStory(page, 1);
  await planChapters(page, 1);
  await step(page, "Chapters").click();
  const keys: (string | undefined)[] = [];
  let lost = true;
  await page.route("**/api/me/stories/*/chapters", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    const reply = await route.fetch();
    return lost ? route.abort("connectionreset") : route.fulfill({ response: reply });
  });
  await page.getByRole("button", { name: "Write the chapter" }).dblclick();
  await expect(page.getByRole("alert").getByText("Penora can’t be reached")).toBeVisible({ timeout: 20_000 });
  lost = false;
  const again = page.getByRole("button", { name: /Write the chapter/ });
  if (await again.isVisible()) await again.click();
  await expect(row(page, 1)).toContainText(/done \d+ of 300/, LONG);
  expect(new Set(keys).size).toBe(1);
  await expect(page.getByText("48 KU Coins").first()).toBeVisible();
});

test("two tabs that change the outline lose nothing of either", async ({ page, context }) => {
  test.setTimeout(120_000);
  await signIn(page, newPerson({ credits: 50 }));
  await beginStory(page, 2);
  await planChapters(page, 2);
  const second = await context.newPage();
  await second.goto(page.url());
  await step(second, "Outline").click();
  await plans(second).nth(0).getByLabel("Title").fill("Theirs");
  await plans(page).nth(0).getByLabel("Title").fill("Mine");
  const save = (tab: Page) =>
    tab.getByRole("form", { name: "Outline" }).getByRole("button", { name: "Save", exact: true }).click();
  await save(second);
  await expect(second.getByRole("form", { name: "Outline" }).getByText("Saved.")).toBeVisible();
  await save(page);
  const alert = page.getByRole("alert").filter({ hasText: "changed elsewhere meanwhile" });
  await expect(alert).toContainText("Theirs");
  await expect(plans(page).nth(0).getByLabel("Title")).toHaveValue("Mine");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save mine over it" }).click();
  await expect(alert).toHaveCount(0);
  await page.reload();
  await step(page, "Outline").click();
  await expect(plans(page).nth(0).getByLabel("Title")).toHaveValue("Mine");
});

test("what the coins do not cover is off, with the reason and the way out", async ({ page }) => {
  await signIn(page, newPerson({ credits: 2 }));
  await beginStory(page, 5, 1_000, "Creative");
  await planChapters(page, 5);
  await step(page, "Chapters").click();
  await expect(page.getByText("You have 1 KU Coin, and this needs 20: 19 more.")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Get more KU Coins/ }).first()).toHaveAttribute("href", /.+/);
  const button = page.getByRole("button", { name: "Write all 5 chapters" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription(/19 more/);
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(row(page, 1)).toContainText("waiting");
});

test("somebody else's story does not exist", async ({ page, browser, baseURL }) => {
  await signIn(page, newPerson({ credits: 5 }));
  await beginStory(page, 2);
  const address = page.url();
  const other = await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage();
  await signIn(other);
  expect((await other.goto(address))?.status()).toBe(404);
  expect((await other.goto("/story-generator/nonsense"))?.status()).toBe(404);
  await other.context().close();
});

test("a model that fails: what is told, what is kept, and what became of the coins", async ({ browser }) => {
  test.setTimeout(180_000);
  const server = await startServerWithModel();
  try {
    const { model } = server;
    answerStories(model, {
      outline: [{ text: "Here is a fine outline for you!" }],
      chapters: {
        1: [{ breakAfterChunks: 30, msPerChunk: 20 }],
        2: [
          { status: 500 },
          { status: 500 },
          { status: 500 },
          { status: 500 },
          { status: 500 },
          { status: 500 },
        ],
      },
    });
    const page = await (await browser.newContext({ baseURL: server.url })).newPage();
    const person = newPerson({ credits: 50 });
    await page.goto(await linkFor(page.request, person));
    await beginStory(page, 2, 400, "Balanced");
    // The first answer is no outline; it was asked for again, and one coin was paid.
    await planChapters(page, 2);
    await expect(page.getByText("49 KU Coins").first()).toBeVisible();
    await step(page, "Chapters").click();
    await page.getByRole("button", { name: "Write all 2 chapters" }).click();
    await expect(row(page, 1)).toContainText(/failed, not charged, \d+ of 400 kept/, LONG);
    await expect(page.getByText("You were not charged for chapter 1.").first()).toBeVisible();
    await expect(page.getByText("49 KU Coins").first()).toBeVisible();
    const kept = await textOf(page, 1);
    expect(kept.length).toBeGreaterThan(100);

    await page.getByRole("button", { name: "Continue from here" }).click();
    await expect(row(page, 1)).toContainText(/done \d+ of 400/, LONG);
    await expect(row(page, 2)).toContainText("failed, not charged", LONG);
    await expect(page.getByText("You were not charged for chapter 2.").first()).toBeVisible();
    await expect(page.getByText("48 KU Coins").first()).toBeVisible();
    expect((await textOf(page, 1)).startsWith(kept.trimEnd())).toBe(true);
    await expectAccessible(page);
    await page.context().close();
  } finally {
    await server.stop();
  }
});
