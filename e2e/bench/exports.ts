import { FILE_FORMATS } from "@/lib/contract/export-format";
import { type Figures, load, requireOk } from "./load";
import type { Bench, Measure } from "./measure";
import { request } from "./requests";

const HEALTH = "/api/health while nothing is exported";
const FILES = 5;

/** How long a file of a megabyte takes, one after the other; and what others notice of it. */
export const EXPORTS: readonly Measure[] = [
  ...FILE_FORMATS.map((format): Measure => ({
    name: `export of 1 MB, ${format}`,
    run: (bench) => exportBook(bench, format),
  })),
  { name: HEALTH, run: (bench) => health(bench) },
  { name: "/api/health while a book is exported", limit: HEALTH, run: healthMeanwhile },
];

async function exportBook(bench: Bench, format: string): Promise<Figures> {
  const take = await bookOf(bench);
  await take(format); // threads and fonts are there from now on
  const took: number[] = [];
  for (let nth = 0; nth < FILES; nth++) took.push(await take(format));
  took.sort((a, b) => a - b);
  const sum = took.reduce((total, ms) => total + ms, 0);
  return {
    perSecond: (1_000 * FILES) / sum,
    p50Ms: took[FILES >> 1] ?? NaN,
    p99Ms: took.at(-1) ?? NaN,
    statuses: new Map([[200, FILES]]),
  };
}

async function healthMeanwhile(bench: Bench): Promise<Figures> {
  const take = await bookOf(bench);
  let on = true;
  const exporting = (async () => {
    while (on) await take("pdf");
  })();
  try {
    return await health(bench);
  } finally {
    on = false;
    await exporting;
  }
}

async function health({ penora, seconds, warmUpSeconds }: Bench): Promise<Figures> {
  const text = request("GET", "/api/health", {});
  return requireOk(
    await load({ port: penora.port, next: () => text, connections: 4, seconds, warmUpSeconds }),
  );
}

type Take = (format: string) => Promise<number>;
const books = new WeakMap<Bench["penora"], Promise<Take>>();

/** The one book of a server: it fills the workspace of whoever has it. Answers how to export it, in milliseconds. */
function bookOf({ penora }: Bench): Promise<Take> {
  const book = books.get(penora) ?? saveBook(penora);
  books.set(penora, book);
  return book;
}

async function saveBook(penora: Bench["penora"]): Promise<Take> {
  const base = `http://127.0.0.1:${penora.port}`;
  const Cookie = await penora.cookie();
  const status = await fetch(`${base}/api/user-status`, { headers: { Cookie } });
  const { user_id } = (await status.json()) as { user_id: string };
  const draft = { app_source: "bench", project_type: "story", title: "A book", content: book() };
  const saved = await fetch(`${base}/api/unified/save-project`, {
    method: "POST",
    headers: { "X-API-Key": penora.rootKey, "Content-Type": "application/json" },
    body: JSON.stringify({ user_id, ...draft }),
  });
  const { code, error } = (await saved.json()) as { code: string; error?: string };
  if (!saved.ok) throw new Error(error);
  return async (format) => {
    const begin = performance.now();
    const reply = await fetch(`${base}/api/me/projects/${code}/export?format=${format}`, {
      headers: { Cookie },
    });
    const size = (await reply.arrayBuffer()).byteLength;
    if (!reply.ok || size < 10_000) throw new Error(`${format} answered ${reply.status} with ${size} bytes`);
    return performance.now() - begin;
  };
}

const WORDS =
  "harbour ink letter morning paper quiet river story window лодка θάλασσα naïve “said” — don’t".split(" ");
const BOOK_BYTES = 1_040_000;

/** Chapters, paragraphs with emphasis and some thousand different words, a megabyte in all. */
function book(): string {
  const parts: string[] = [];
  let bytes = 0;
  for (let nth = 0; ; nth++) {
    const words = Array.from({ length: 60 }, (_none, at) => {
      const word = WORDS[(nth * 7 + at * 13) % WORDS.length] ?? "";
      return at % 9 === 0 ? `${word}${(nth * 31 + at) % 5_000}` : word;
    });
    if (nth % 5 === 0) words[4] = `*${words[4]}*`;
    const part = nth % 80 === 0 ? `## Chapter ${nth / 80 + 1}\n\n${words.join(" ")}.` : `${words.join(" ")}.`;
    bytes += Buffer.byteLength(part) + 2;
    if (bytes > BOOK_BYTES) return parts.join("\n\n");
    parts.push(part);
  }
}
