import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import type { WholeStory } from "../../lib/contract/story";
import type { GenerationPiece } from "../../lib/contract/studio";
import { answerStories } from "../../lib/testing/story-model";
import { linkFor, newPerson, signIn } from "./hub";
import { startServerWithModel } from "./model-server";

const PROMPT = "Ada keeps a lighthouse. One night a letter arrives that she wrote herself, dated next year.";
/** Writing takes its time, and longer where the machine is busy. */
const LONG = { timeout: 90_000 };
const WITHOUT_NETWORK_MS = 10_000;

const text = (page: Page) => page.getByRole("region", { name: "The text" });
const outcome = (page: Page) => page.getByRole("region", { name: "How it ended" });
const chapterRow = (page: Page, chapter: number) =>
  page
    .getByRole("list", { name: "Chapters" })
    .getByRole("listitem")
    .nth(chapter - 1);

/** The words as they stand on the page, and as the server has them: what differs was lost or doubled. */
async function shownWords(page: Page): Promise<string[]> {
  return (await text(page).locator("p").allTextContents()).join(" ").split(/\s+/).filter(Boolean);
}
const wordsOf = (pieces: readonly { text: string }[]) =>
  pieces
    .map((piece) => piece.text)
    .join(" ")
    .split(/\s+/)
    .filter(Boolean);

async function piecesOf(page: Page): Promise<GenerationPiece[]> {
  const id = new URL(page.url()).searchParams.get("generation") ?? "";
  const reply = await page.request.get(`/api/me/generations/${id}`);
  return ((await reply.json()) as { pieces: GenerationPiece[] }).pieces;
}

async function storyOf(page: Page): Promise<WholeStory> {
  return (await (
    await page.request.get(`/api/me/stories/${page.url().split("/").at(-1)}`)
  ).json()) as WholeStory;
}

async function beginText(page: Page, pages: number): Promise<void> {
  await page.goto("/single-prompt");
  await page.getByLabel("What should it be about?").fill(PROMPT);
  await page.getByLabel("Pages").fill(String(pages));
  await page.getByLabel("Balanced").check();
}

/** A story with its chapters planned, on the page that writes them. */
async function planStory(page: Page, chapters: number, words: number): Promise<void> {
  await page.goto("/story-generator");
  await page.getByLabel("What is the story about?").fill(PROMPT);
  await page.getByLabel("Chapters").fill(String(chapters));
  await page.getByLabel("Words a chapter").fill(String(words));
  await page.getByLabel("Balanced").check();
  await page.getByRole("button", { name: "Begin the story" }).click();
  await expect(page).toHaveURL(/\/story-generator\/[0-9a-f-]{36}$/);
  await page.getByRole("button", { name: "Plan the chapters" }).click();
  await expect(page.getByRole("list", { name: "Plan of the chapters" }).locator("> li")).toHaveCount(
    chapters,
    LONG,
  );
  await page.getByRole("navigation", { name: "Steps" }).getByRole("button", { name: "Chapters" }).click();
}

/** Cuts the browser's network for ten seconds, in which more is written. */
async function withoutNetwork(page: Page, written: () => Promise<number>): Promise<void> {
  const before = await written();
  await page.context().setOffline(true);
  const since = Date.now();
  await expect(page.getByText("The connection is lost.")).toBeVisible(LONG);
  await expect
    .poll(async () => Date.now() - since >= WITHOUT_NETWORK_MS && (await written()) > before, LONG)
    .toBe(true);
  await page.context().setOffline(false);
}

test("ten seconds without a network cost a text no word and double none", async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, newPerson({ credits: 50 }));
  await beginText(page, 8);
  await page.getByRole("button", { name: "Write it" }).click();
  await expect.poll(async () => (await shownWords(page)).length, LONG).toBeGreaterThan(150);
  await withoutNetwork(page, async () => wordsOf(await piecesOf(page)).length);
  await expect(page.getByText("The connection is lost.")).toHaveCount(0, LONG);
  await expect(outcome(page)).toContainText("Finished", LONG);
  const stored = wordsOf(await piecesOf(page));
  expect(await shownWords(page)).toEqual(stored);
  await page.reload();
  await expect(outcome(page)).toContainText("Finished");
  expect(await shownWords(page)).toEqual(stored);
});

test("ten seconds without a network cost a story no word and double none", async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, newPerson({ credits: 50 }));
  await planStory(page, 3, 1_000);
  await page.getByRole("button", { name: "Write all 3 chapters" }).click();
  await expect.poll(async () => (await shownWords(page)).length, LONG).toBeGreaterThan(100);
  await withoutNetwork(page, async () => {
    const { chapters, pieces } = await storyOf(page);
    return wordsOf(pieces.length > 0 ? pieces : chapters).length;
  });
  await expect(chapterRow(page, 3)).toContainText(/done [\d,]+ of 1,000/, LONG);
  const { chapters } = await storyOf(page);
  for (const chapter of chapters) {
    await chapterRow(page, chapter.position).getByRole("button").click();
    await expect(page.getByRole("article", { name: `Chapter ${chapter.position}` })).toBeVisible();
    expect(await shownWords(page)).toEqual(wordsOf([chapter]));
  }
});

test("two clicks on “Write it” make one text and one charge", async ({ page }) => {
  await signIn(page, newPerson({ credits: 50 }));
  await beginText(page, 1);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/me/generations"))
      asked.push(request.headers()["idempotency-key"] ?? "");
  });
  await page.getByRole("button", { name: "Write it" }).dblclick();
  await expect(outcome(page)).toContainText("Finished", LONG);
  expect(new Set(asked).size).toBe(1);
  const { generations } = (await (await page.request.get("/api/me/generations")).json()) as {
    generations: [];
  };
  expect(generations).toHaveLength(1);
  await expect(page.getByText("49 KU Coins").first()).toBeVisible();
});

/** Fills what is left of a person's workspace, as a sibling app does. Answers the project that takes the room. */
async function fillWorkspace(request: APIRequestContext, userId: string): Promise<string> {
  const headers = { "X-API-Key": process.env.PENORA_API_KEY ?? "" };
  const stats = await request.get(`/api/unified/storage-stats?user_id=${userId}`, { headers });
  const { storage_stats } = (await stats.json()) as {
    storage_stats: { used_bytes: number; limit_bytes: number };
  };
  const reply = await request.post("/api/unified/save-project", {
    headers,
    data: {
      user_id: userId,
      app_source: "imagegene",
      project_type: "text",
      title: "In the way",
      content: "x".repeat(storage_stats.limit_bytes - storage_stats.used_bytes),
    },
  });
  expect(reply.status()).toBe(200);
  return ((await reply.json()) as { project_code: string }).project_code;
}

async function throwAway(page: Page, code: string): Promise<void> {
  const headers = { "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json" };
  const reply = await page.request.delete(`/api/me/projects/${code}`, { headers });
  expect(reply.status(), await reply.text()).toBe(200);
}

test("a text that finds no room in the end is kept, and saved when room is made", async ({ page }) => {
  test.setTimeout(120_000);
  const { user_id: userId } = await signIn(page, newPerson({ credits: 50 }));
  await beginText(page, 2);
  await page.getByRole("button", { name: "Write it" }).click();
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
  const code = await fillWorkspace(page.request, userId);
  await expect(outcome(page)).toContainText("Finished", LONG);
  await expect(outcome(page)).toContainText("2 KU Coins charged");
  await expect(outcome(page)).toContainText("Nothing is lost: the text is kept here. Make room, then save.");
  await page.reload();
  await page.getByRole("button", { name: "Save now" }).click();
  await expect(outcome(page).getByText("Not enough room in the workspace")).toBeVisible();

  await throwAway(page, code);
  await page.getByRole("button", { name: "Save now" }).click();
  await expect(outcome(page).getByText("Make room, then save.")).toHaveCount(0);
  const written = await shownWords(page);
  await page.getByRole("link", { name: "Open in the workspace" }).click();
  await expect(page).toHaveURL(/\/workspace\/[A-Z0-9]{6}$/);
  const project = await page.request.get(`/api/me/projects/${page.url().split("/").at(-1)}`);
  expect(
    wordsOf([{ text: ((await project.json()) as { project: { content: string } }).project.content }]),
  ).toEqual(written);
});

test("a story that finds no room in the end is kept, and saved when room is made", async ({ page }) => {
  test.setTimeout(120_000);
  const { user_id: userId } = await signIn(page, newPerson({ credits: 50 }));
  await planStory(page, 2, 300);
  await page.getByRole("button", { name: "Write all 2 chapters" }).click();
  await expect(chapterRow(page, 1)).toContainText("writing");
  const code = await fillWorkspace(page.request, userId);
  await expect(chapterRow(page, 2)).toContainText(/done \d+ of 300/, LONG);
  await expect(page.getByText(/The workspace does not have chapter 1, 2 as it stands here/)).toBeVisible();
  await expect(page.getByText("47 KU Coins").first()).toBeVisible();
  await page.getByRole("button", { name: "Save now" }).click();
  await expect(page.getByText("Not enough room in the workspace")).toBeVisible();
  await throwAway(page, code);
  await page.getByRole("button", { name: "Save now" }).click();
  await expect(page.getByText(/The workspace does not have/)).toHaveCount(0);
  const { story } = await storyOf(page);
  expect(story.unsaved).toBe(false);
  expect(story.project_code).toMatch(/^[A-Z0-9]{6}$/);
});

test("a server that is killed in the middle of a chapter, and started again, loses no word and charges nothing twice", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const server = await startServerWithModel();
  try {
    answerStories(server.model, { chapters: { 2: [{ msPerChunk: 60, chapter: 2 }] } });
    const page = await (await browser.newContext({ baseURL: server.url })).newPage();
    await page.goto(await linkFor(page.request, newPerson({ credits: 50 })));
    await planStory(page, 2, 600);
    await page.getByRole("button", { name: "Write all 2 chapters" }).click();
    await expect(chapterRow(page, 2)).toContainText(/writing [1-9]\d %/, LONG);
    await server.kill();
    await expect(page.getByText("The connection is lost.")).toBeVisible(LONG);
    const seen = await shownWords(page);
    await server.startAgain();

    await expect(chapterRow(page, 2)).toContainText(/failed, not charged, \d+ of 600 kept/, LONG);
    await expect(page.getByText(/The server was interrupted while it wrote chapter 2/).first()).toBeVisible();
    await expect(page.getByText(/You were not charged for chapter 2/).first()).toBeVisible();
    await expect(page.getByText("47 KU Coins").first()).toBeVisible();
    const kept = await shownWords(page);
    expect(kept.slice(0, seen.length)).toEqual(seen);
    await page.getByRole("button", { name: "Continue from here" }).click();
    await expect(chapterRow(page, 2)).toContainText(/done \d+ of 600/, LONG);
    const whole = await shownWords(page);
    expect(whole.slice(0, kept.length)).toEqual(kept);
    expect(whole).toEqual(wordsOf((await storyOf(page)).chapters.slice(1)));
    await page.context().close();
  } finally {
    await server.stop();
  }
});
