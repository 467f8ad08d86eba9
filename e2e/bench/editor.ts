import { type Browser, chromium, type Page } from "@playwright/test";
import { CHROMIUM_ARGS, findChromium } from "../chromium";
import type { Figures } from "./load";
import type { Bench, Measure } from "./measure";
import { ACTIVE, PERSON } from "./people";

/** A long novel: words, paragraphs, some of them marked, chapters with titles. */
const WORDS = 100_000;
const WORDS_A_PARAGRAPH = 60;
const PROMISED_MS = 50;
const LETTERS = "the quick brown fox jumps over it and ";
const CODE = "EDITOR";

/** How long the page is busy with a letter that is typed: from the key to the painted picture. */
const SHORT = "a keystroke in the editor, one paragraph";
export const EDITOR: readonly Measure[] = [
  { name: SHORT, run: (bench) => typing(bench, "end", WORDS_A_PARAGRAPH) },
  {
    name: `a keystroke in the editor, ${WORDS.toLocaleString("en")} words, at the end`,
    limit: SHORT,
    run: (bench) => typing(bench, "end", WORDS),
  },
  {
    name: `a keystroke in the editor, ${WORDS.toLocaleString("en")} words, in the middle`,
    limit: SHORT,
    run: (bench) => typing(bench, "middle", WORDS),
  },
];

type Place = "end" | "middle";

function novel(length: number): string {
  const sentence = "She had answered him the way her father would have, with silence and a *nod*. ";
  const words = sentence.trim().split(" ").length;
  const paragraph = sentence.repeat(Math.ceil(WORDS_A_PARAGRAPH / words)).trim();
  const count = Math.ceil(length / (words * Math.ceil(WORDS_A_PARAGRAPH / words)));
  return Array.from(
    { length: count },
    (_, nth) => (nth % 40 === 0 ? `## Chapter ${nth / 40 + 1}\n\n` : "") + paragraph,
  ).join("\n\n");
}

async function typing(bench: Bench, place: Place, words: number): Promise<Figures | null> {
  const executablePath = findChromium();
  if (executablePath === null) return null;
  await makeNovel(bench, words);
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  try {
    return await measure(bench, await openNovel(bench, browser), place);
  } finally {
    await browser.close();
  }
}

async function makeNovel({ stage: { database } }: Bench, words: number): Promise<void> {
  const text = novel(words);
  await database.query(
    `INSERT INTO projects (code, user_id, title, content, app_source, project_type, size_bytes, word_count)
     VALUES ($1, $2, 'A long novel', $3, 'penora', 'text', octet_length($3), $4)
     ON CONFLICT (code) DO UPDATE SET content = $3, size_bytes = octet_length($3)`,
    [CODE, PERSON + ACTIVE, text, words],
  );
  await database.query("UPDATE users SET storage_used_bytes = 400 + octet_length($2) WHERE id = $1", [
    PERSON + ACTIVE,
    text,
  ]);
}

async function openNovel({ penora }: Bench, browser: Browser): Promise<Page> {
  const url = `http://127.0.0.1:${penora.port}`;
  const cookies = (await penora.cookie()).split("; ").map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addCookies(cookies);
  const page = await context.newPage();
  const start = performance.now();
  await page.goto(`${url}/workspace/${CODE}`);
  await page.locator(".ProseMirror").waitFor({ timeout: 120_000 });
  const words = (await page.locator("[data-counts]").filter({ hasText: /[1-9]/ }).textContent()) ?? "";
  process.stderr.write(`    opened in ${((performance.now() - start) / 1000).toFixed(1)} s: ${words}\n`);
  return page;
}

/**
 * Types letter by letter for some seconds, pausing now and then so that the text saves itself meanwhile. What is measured
 * is the browser's own: from the event to the picture after the next frame.
 */
async function measure({ seconds }: Bench, page: Page, place: Place): Promise<Figures> {
  const field = page.locator(".ProseMirror");
  if (place === "middle") {
    const paragraphs = field.locator("> p");
    await paragraphs.nth(Math.floor((await paragraphs.count()) / 2)).click();
    await page.keyboard.press("End");
  } else {
    await field.locator("> p").first().click();
    await page.keyboard.press("Control+End");
  }
  await page.evaluate(watchKeys);
  await page.keyboard.type(LETTERS);
  await page.evaluate(() => void (window as unknown as { keyTimes: number[] }).keyTimes.splice(0));
  const until = performance.now() + Math.max(seconds, 5) * 1000;
  let typed = 0;
  while (performance.now() < until) {
    await page.keyboard.type(LETTERS);
    typed += LETTERS.length;
    if (typed % (LETTERS.length * 4) === 0) await page.waitForTimeout(2_500);
  }
  await page.waitForTimeout(100);
  const times = await page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes);
  if (times.length < typed * 0.9)
    throw new Error(`${typed} letters were typed and ${times.length} were seen`);
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  process.stderr.write(
    `    ${times.length} letters: p50 ${at(0.5).toFixed(1)}, p95 ${at(0.95).toFixed(1)}, p99 ${at(0.99).toFixed(1)}, longest ${at(1).toFixed(1)} ms; promised: under ${PROMISED_MS}\n`,
  );
  const p50Ms = at(0.5);
  return { perSecond: 1000 / p50Ms, p50Ms, p99Ms: at(0.99), statuses: new Map() };
}

/** In the page: how long from a key to the task behind the next frame, when the picture with the letter is made. */
function watchKeys(): void {
  const times: number[] = [];
  (window as unknown as { keyTimes: number[] }).keyTimes = times;
  window.addEventListener(
    "keydown",
    (event) => {
      const start = event.timeStamp;
      requestAnimationFrame(() => {
        const frame = new MessageChannel();
        frame.port1.onmessage = () => times.push(performance.now() - start);
        frame.port2.postMessage(null);
      });
    },
    { capture: true },
  );
}
