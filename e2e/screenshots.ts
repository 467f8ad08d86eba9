import { mkdirSync } from "node:fs";
import path from "node:path";
import { chromium, type Page, request } from "@playwright/test";
import { startLocalPostgres } from "../prisma/local";
import { startBuiltServer } from "./built-server";
import { CHROMIUM_ARGS, ensureChromium } from "./chromium";
import { linkFor } from "./journeys/hub";

/** `npm run screenshots`: makes the pictures of the README anew from the production build (`npm run build` first). */
const FOLDER = path.resolve("public", "screenshots");
const SIZE = { width: 1200, height: 760 };
const PREMISE = "Ada keeps a lighthouse. One night a letter arrives that she wrote herself, dated next year.";
const TEXT = `## The letter

It came with the bread, between the flour and the lamp oil, in an envelope that somebody had already opened. Ada knew the hand before she knew the words. It was her own.

She read the date twice. The winter it spoke of had not happened yet.

Below the window the sea went on as if it had been told nothing. She trimmed the wick, sat down with her back to the stair, and began again at the first line.`;

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => document.fonts.status === "loaded");
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`), animations: "disabled" });
  console.log(`public/screenshots/${name}.png`);
}

async function storyBeingWritten(page: Page): Promise<void> {
  await page.goto("/story-generator");
  await page.getByLabel("What is the story about?").fill(PREMISE);
  await page.getByLabel("Chapters").fill("5");
  await page.getByLabel("Words a chapter").fill("500");
  await page.getByRole("button", { name: "Begin the story" }).click();
  const steps = page.getByRole("navigation", { name: "Steps" });
  await steps.getByRole("button", { name: "Outline" }).click();
  await page.getByRole("button", { name: "Plan the chapters" }).click();
  await page.getByRole("list", { name: "Plan of the chapters" }).locator("> li").nth(4).waitFor();
  await steps.getByRole("button", { name: "Chapters" }).click();
  await page.getByRole("button", { name: "Write all 5 chapters" }).click();
  const third = page.getByRole("list", { name: "Chapters" }).getByRole("listitem").nth(2);
  await third.getByText(/writing [3-9]\d %/).waitFor({ timeout: 60_000 });
  await third.getByRole("button").click();
  await page.evaluate(() => window.scrollTo(0, 0));
  await shoot(page, "story");
}

async function priceOfAPrompt(page: Page): Promise<void> {
  await page.goto("/single-prompt");
  await page.getByLabel("What should it be about?").fill(PREMISE);
  await page.getByLabel("Pages").fill("12");
  await page.getByText("Form, language and tone").click();
  await page.getByLabel("Pages").blur();
  await shoot(page, "price");
}

async function answerBesideTheText(page: Page): Promise<void> {
  const saved = await page.request.post("/api/me/projects", {
    headers: { "Sec-Fetch-Site": "same-origin" },
    data: { project_type: "text", title: "The lighthouse letter", content: TEXT },
  });
  const { code } = (await saved.json()) as { code: string };
  await page.goto(`/workspace/${code}`);
  await page.getByRole("button", { name: "Writing tools" }).click();
  const panel = page.getByRole("complementary", { name: "Writing tools" });
  await panel.getByRole("radio", { name: "Describe" }).check();
  await page.getByText("Below the window").click({ clickCount: 3 });
  await panel.getByRole("button", { name: "Describe it" }).click();
  await panel.getByRole("button", { name: "Accept" }).first().waitFor({ timeout: 30_000 });
  await shoot(page, "editor");
}

const local = await startLocalPostgres({ dir: ".penora/test" });
const server = await startBuiltServer(local.url);
const baseURL = server.environment.BASE_URL ?? "";
const browser = await chromium.launch({ executablePath: ensureChromium(console.log), args: CHROMIUM_ARGS });
try {
  mkdirSync(FOLDER, { recursive: true });
  const page = await browser.newPage({ baseURL, viewport: SIZE, reducedMotion: "reduce" });
  const ada = { user_id: "demo_ada_shown", username: "Ada Okafor", email: "ada@demo.example", credits: 50 };
  await page.goto(await linkFor(await request.newContext({ baseURL }), ada));
  await priceOfAPrompt(page);
  await storyBeingWritten(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await answerBesideTheText(page);
} finally {
  await browser.close();
  await server.stop();
  await local.stop();
}
