import { FILE_FORMATS } from "@/lib/contract/export-format";
import { type Figures, load, requireOk } from "./load";
import type { Bench, Measure } from "./measure";
import { request } from "./requests";

const HEALTH = "/api/health while nothing is exported";
const FILES = 5;

const WORDS =
  "harbour ink letter morning paper quiet river story window лодка θάλασσα naïve “said” — don’t".split(" ");
const TEXT_BYTES = 1_040_000;

/** Texts of a megabyte: a book, and what is nothing but markup of one kind. */
const TEXTS = {
  // Chapters, paragraphs with emphasis and some thousand different words.
  prose: () =>
    filled((nth) => {
      const words = wordsOf(nth, 60);
      if (nth % 5 === 0) words[4] = `*${words[4]}*`;
      const chapter = nth % 80 === 0 ? `## Chapter ${nth / 80 + 1}\n\n` : "";
      return `${chapter}${words.join(" ")}.\n\n`;
    }),
  lists: () => filled((nth) => `${"  ".repeat(nth % 8)}- ${wordsOf(nth, 5).join(" ")}\n`),
  tables: () =>
    `| a | b | c |\n| - | :-: | -: |\n${filled((nth) => `| ${wordsOf(nth, 4).join(" ")} | **b** | ${nth} |\n`)}`,
  emphasis: () =>
    filled((nth) => {
      const looks = ["*", "**", "~~"];
      const words = wordsOf(nth, 40).map((word, at) => `${looks[at % 3]}${word}${looks[at % 3]}`);
      return `${words.join(" ")}\n\n`;
    }),
  headings: () => filled((nth) => `${"#".repeat(1 + (nth % 4))} ${wordsOf(nth, 4).join(" ")}\n\nText.\n\n`),
  "one paragraph": () => filled((nth) => `${wordsOf(nth, 60).join(" ")} `),
} satisfies Record<string, () => string>;

function wordsOf(nth: number, count: number): string[] {
  return Array.from({ length: count }, (_none, at) => {
    const word = WORDS[(nth * 7 + at * 13) % WORDS.length] ?? "";
    return at % 9 === 0 ? `${word}${(nth * 31 + at) % 5_000}` : word;
  });
}

function filled(part: (nth: number) => string): string {
  const parts: string[] = [];
  for (let nth = 0, bytes = 0; ; nth++) {
    const next = part(nth);
    bytes += Buffer.byteLength(next);
    if (bytes > TEXT_BYTES) return parts.join("").trimEnd();
    parts.push(next);
  }
}

/** A text of 1 MB is to be had in any format in this time; `× its limit` of more than 1 keeps that promise. */
const PROMISED = "export of 1 MB, as promised";
const PROMISED_MS = 3_000;

/** How long a file of a megabyte takes, one after the other; and what others notice of it. */
export const EXPORTS: readonly Measure[] = [
  {
    name: PROMISED,
    run: () =>
      Promise.resolve({
        perSecond: 1_000 / PROMISED_MS,
        p50Ms: PROMISED_MS,
        p99Ms: PROMISED_MS,
        statuses: new Map(),
      }),
  },
  ...Object.entries(TEXTS).flatMap(([kind, text]) =>
    FILE_FORMATS.map((format): Measure => ({
      name: `export of 1 MB of ${kind}, ${format}`,
      limit: PROMISED,
      run: (bench) => exportText(bench, text, format),
    })),
  ),
  { name: HEALTH, run: (bench) => health(bench) },
  { name: "/api/health while a book is exported", limit: HEALTH, run: healthMeanwhile },
];

async function exportText(bench: Bench, text: () => string, format: string): Promise<Figures> {
  const take = await takeOf(bench, text);
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
  const take = await takeOf(bench, TEXTS.prose);
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
const saved = new WeakMap<
  Bench["penora"],
  Promise<{ take: Take; put: (content: string) => Promise<void> }>
>();
const held = new WeakMap<Bench["penora"], () => string>();

/** The one text of a server, for it fills the workspace of whoever has it. Answers how to export it, in milliseconds. */
async function takeOf({ penora }: Bench, text: () => string): Promise<Take> {
  const project = saved.get(penora) ?? saveBook(penora);
  saved.set(penora, project);
  const { take, put } = await project;
  if (held.get(penora) !== text) await put(text());
  held.set(penora, text);
  return take;
}

async function saveBook(penora: Bench["penora"]) {
  const base = `http://127.0.0.1:${penora.port}`;
  const Cookie = await penora.cookie();
  const status = await fetch(`${base}/api/user-status`, { headers: { Cookie } });
  const { user_id } = (await status.json()) as { user_id: string };
  const send = async (
    method: string,
    path: string,
    body: Record<string, unknown>,
  ): Promise<{ code: string }> => {
    const headers = { "X-API-Key": penora.rootKey, "Content-Type": "application/json" };
    const reply = await fetch(base + path, { method, headers, body: JSON.stringify({ user_id, ...body }) });
    const answer = (await reply.json()) as { code: string; error?: string };
    if (!reply.ok) throw new Error(answer.error);
    return answer;
  };
  const draft = { app_source: "bench", project_type: "story", title: "A book", content: "Empty." };
  const { code } = await send("POST", "/api/unified/save-project", draft);
  const take: Take = async (format) => {
    const begin = performance.now();
    const reply = await fetch(`${base}/api/me/projects/${code}/export?format=${format}`, {
      headers: { Cookie },
    });
    const size = (await reply.arrayBuffer()).byteLength;
    if (!reply.ok || size < 10_000) throw new Error(`${format} answered ${reply.status} with ${size} bytes`);
    return performance.now() - begin;
  };
  const put = async (content: string) => {
    await send("PATCH", `/api/unified/project/${code}`, { content });
  };
  return { take, put };
}
