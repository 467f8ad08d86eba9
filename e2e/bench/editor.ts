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

/** Who types without a pause is saved after 20 seconds. */
const WITHOUT_PAUSE_MS = 22_000;

/** How long the page is busy with a letter that is typed, and with all of a novel at once. */
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
  { name: `opening ${WORDS.toLocaleString("en")} words in the editor, and all of it at once`, run: handling },
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

/** Opens a novel, and does with all of it what can be done with all of a text. */
async function handling(bench: Bench): Promise<Figures | null> {
  const executablePath = findChromium();
  if (executablePath === null) return null;
  await makeNovel(bench, WORDS);
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  try {
    const opened: number[] = [];
    for (let round = 0; round < 3; round++) {
      const page = await openNovel(bench, browser, (ms) => opened.push(ms));
      if (round === 1) await longestPieces(page);
      if (round === 2) await handleAll(page);
      await page.context().close();
    }
    return {
      perSecond: 1000 / at(opened, 0.5),
      p50Ms: at(opened, 0.5),
      p99Ms: at(opened, 1),
      statuses: new Map(),
    };
  } finally {
    await browser.close();
  }
}

/** So many blocks are most of a novel. */
const MANY_BLOCKS = 1_000;

async function handleAll(page: Page): Promise<void> {
  await putCursor(page, "middle");
  const told: string[] = [];
  for (const [what, keys, blocks] of [
    ["select all", "Control+a", "attached"],
    ["cut", "Control+x", "detached"],
    ["paste", "Control+v", "attached"], // comes from the system, some time behind its key
    ["undo", "Control+z", null],
  ] as const) {
    const start = performance.now();
    await page.keyboard.press(keys);
    if (blocks !== null)
      await page.locator(`.ProseMirror > :nth-child(${MANY_BLOCKS})`).waitFor({ state: blocks });
    await page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => setTimeout(shown, 0))));
    told.push(`${what} ${(performance.now() - start).toFixed(0)} ms`);
  }
  process.stderr.write(`    until painted: ${told.join(", ")}\n`);
}

/** What keeps the page from its next letter for more than 50 ms, while somebody types and the text saves itself. */
async function longestPieces(page: Page): Promise<void> {
  await putCursor(page, "middle");
  await page.evaluate(() => {
    const pieces: number[] = ((window as unknown as Watched).pieces = []);
    new PerformanceObserver((list) => list.getEntries().forEach((one) => pieces.push(one.duration))).observe({
      entryTypes: ["longtask"],
    });
  });
  const until = performance.now() + WITHOUT_PAUSE_MS;
  let letters = 0;
  while (performance.now() < until) {
    for (const letter of LETTERS) {
      await page.evaluate(waitForKey);
      await page.keyboard.press(letter === " " ? "Space" : letter);
      await page.evaluate(() => (window as unknown as Watched).painted);
      letters += 1;
    }
  }
  const pieces = await page.evaluate(() => (window as unknown as Watched).pieces);
  const longest = Math.max(0, ...pieces).toFixed(0);
  process.stderr.write(
    `    ${letters} letters without a pause: ${pieces.length} pieces of work over ${PROMISED_MS} ms, the longest ${longest} ms\n`,
  );
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

async function openNovel({ penora }: Bench, browser: Browser, took = (_ms: number) => {}): Promise<Page> {
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
  const openedMs = performance.now() - start;
  took(openedMs);
  process.stderr.write(`    opened in ${(openedMs / 1000).toFixed(1)} s: ${words}\n`);
  return page;
}

/** What one letter took: the page's own work, whatever else the machine does, and the time until it was painted. */
interface Letter {
  readonly workMs: number;
  readonly paintedMs: number;
}

/** Types letter by letter for some seconds, pausing now and then so that the text saves itself meanwhile. */
async function measure({ seconds }: Bench, page: Page, place: Place): Promise<Figures> {
  await putCursor(page, place);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const busySeconds = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  };
  const type = async (letter: string): Promise<Letter> => {
    const before = await busySeconds();
    await page.evaluate(waitForKey);
    await page.keyboard.press(letter === " " ? "Space" : letter);
    const paintedMs = await page.evaluate(() => (window as unknown as Watched).painted);
    return { workMs: ((await busySeconds()) - before) * 1000, paintedMs };
  };
  for (const letter of LETTERS) await type(letter); // warming up
  const letters: Letter[] = [];
  const until = performance.now() + Math.max(seconds, 5) * 1000;
  while (performance.now() < until) {
    for (const letter of LETTERS) letters.push(await type(letter));
    if (letters.length % (LETTERS.length * 3) === 0) await page.locator('[data-save="saved"]').waitFor();
  }
  const work = letters.map(({ workMs }) => workMs);
  const painted = letters.map(({ paintedMs }) => paintedMs);
  process.stderr.write(`    ${letters.length} letters; promised: under ${PROMISED_MS} ms\n`);
  process.stderr.write(`    the page's work:  ${inWords(work)}\n    until painted:    ${inWords(painted)}\n`);
  return {
    perSecond: 1000 / at(work, 0.5),
    p50Ms: at(work, 0.5),
    p99Ms: at(work, 0.99),
    statuses: new Map(),
  };
}

async function putCursor(page: Page, place: Place): Promise<void> {
  const paragraphs = page.locator(".ProseMirror > p");
  const nth = place === "end" ? 0 : Math.floor((await paragraphs.count()) / 2);
  await paragraphs.nth(nth).click();
  await page.keyboard.press(place === "end" ? "Control+End" : "End");
}

interface Watched {
  painted: Promise<number>;
  pieces: number[];
}

/**
 * In the page: watches how long it takes from the next key to the task behind the frame that shows it. No function in it
 * has a name: the page has none of the helpers that names are kept with.
 */
function waitForKey(): void {
  (window as unknown as Watched).painted = new Promise((resolve) =>
    window.addEventListener(
      "keydown",
      (event) =>
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - event.timeStamp), 0)),
      { capture: true, once: true },
    ),
  );
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function inWords(values: readonly number[]): string {
  const [p50, p95, p99, longest] = [0.5, 0.95, 0.99, 1].map((share) => at(values, share).toFixed(1));
  return `p50 ${p50}, p95 ${p95}, p99 ${p99}, longest ${longest} ms`;
}
