import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FileFormat } from "@/lib/contract/export-format";
import { drawnTexts } from "@/lib/testing/drawn-texts";
import {
  elementsOf,
  parseXml,
  textIn,
  textOfDocx,
  textOfEpub,
  textOfPdf,
  wordsOf,
} from "@/lib/testing/read-exports";
import { replayable, SEED } from "@/lib/testing/seed";
import type { Manuscript } from "./make-document";
import { renderFile } from "./render-file";

const HEAD = { title: "Alpha Omega", author: "Ada", label: "Demo writer: rule-based, no AI" };
const HEAD_WORDS = wordsOf(`${HEAD.title} ${HEAD.author} ${HEAD.label}`);
const FACTS = {
  code: "JHSHDU",
  projectType: "text",
  language: null,
  pictures: {},
  changedAt: "2026-01-02T03:04:05.678Z",
};
// One red pixel.
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

async function made(
  content: string,
  format: FileFormat,
  changes: Partial<Manuscript> = {},
): Promise<Uint8Array> {
  const manuscript = { ...FACTS, ...HEAD, content, ...changes };
  const rendered = await renderFile({ manuscript, format, name: "x", fontDir: null });
  if (rendered.kind !== "file") throw new Error(`can't draw ${rendered.scripts.join()}`);
  return rendered.bytes;
}

const asText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The words of a text, however its letters are composed; what is invisible parts none. */
const wordsRead = (text: string) =>
  wordsOf(text.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, ""));

/** How a reader of another make finds the words of each format again. */
const READERS: Readonly<Record<Exclude<FileFormat, "md">, (bytes: Uint8Array) => string | Promise<string>>> =
  {
    pdf: textOfPdf,
    docx: textOfDocx,
    epub: textOfEpub,
    html: (bytes) =>
      textIn(elementsOf(parseXml(asText(bytes).replace(/<style>[\s\S]*<\/style>/, "")), "body")[0]!),
    txt: asText,
  };
const FORMATS = Object.keys(READERS) as (keyof typeof READERS)[];

describe.each(FORMATS)("a text as %s, read again by a reader of another make", (format) => {
  it("has the same words in the same order, whatever it is made of", { timeout: 120_000 }, async () => {
    await replayable(() =>
      fc.assert(
        fc.asyncProperty(drawnTexts, async ({ markdown, words: written }) => {
          const read = await READERS[format](await made(markdown, format));
          expect(wordsRead(read)).toEqual([...HEAD_WORDS, ...written].map((one) => one.normalize("NFKC")));
        }),
        { seed: SEED, numRuns: format === "pdf" || format === "docx" ? 40 : 100 },
      ),
    );
  });
});

describe("a text as Markdown", () => {
  it("reads again as the same words, and makes the same Markdown again", { timeout: 60_000 }, async () => {
    await replayable(() =>
      fc.assert(
        fc.asyncProperty(drawnTexts, async ({ markdown, words: written }) => {
          const once = asText(await made(markdown, "md"));
          const again = asText(await made(once, "txt", { title: "", author: "", label: null }));
          // The project's code stands for a title that is none.
          expect(wordsRead(again).slice(1)).toEqual(
            [...HEAD_WORDS, ...written].map((one) => one.normalize("NFKC")),
          );
          const twice = asText(await made(once, "md", { title: "", author: "", label: null }));
          expect(wordsRead(twice).slice(1)).toEqual(wordsRead(once));
        }),
        { seed: SEED },
      ),
    );
  });
});

/** Texts that a renderer might give up on, or lose something of. */
const HARD: Readonly<Record<string, readonly [content: string, changes?: Partial<Manuscript>]>> = {
  "is empty": [""],
  "is blank": [" \n\n\t\n"],
  "is a picture alone": ["![The sea](penora:IMG_SEA123)", { pictures: { IMG_SEA123: PNG } }],
  "has a title of 200 letters": ["Text.", { title: "Über ".repeat(40).trim() }],
  "is nested ten deep": [
    Array.from({ length: 10 }, (_none, at) => `${"> - ".repeat(at)}> 1. level`).join("\n\n"),
  ],
  "is lists in lists": [Array.from({ length: 14 }, (_none, at) => `${"  ".repeat(at)}- level`).join("\n")],
  "has a table of 500 rows": [
    `| left | right |\n| - | -: |\n${Array.from({ length: 500 }, () => "| some words | *more* of them |").join("\n")}`,
  ],
  "has a table of 40 columns": [
    [0, 1, 2].map((row) => `|${(row === 1 ? " - |" : " word |").repeat(40)}`).join("\n"),
  ],
  "has a row that is longer than a page": [`| a | b |\n| - | - |\n| ${"many words ".repeat(600)} | c |`],
  "has 600 chapters": [
    Array.from({ length: 600 }, () => "## Chapter\n\nText.").join("\n\n"),
    { projectType: "story" },
  ],
  "has a line of code with long gaps": ["```\nif    (so)\t\tthen   it\n\n   is\n```"],
  "has an address without end": [`See https://example.org/${"very-long/".repeat(60)} there.`],
  "has a word of 3,000 letters": [`Begin ${"abcdefghij".repeat(300)} end.`],
};

describe.each(Object.entries(HARD))("a text that %s", (_name, [content, changes]) => {
  it.each(FORMATS)("has the same letters in the same order as %s", async (format) => {
    const read = await READERS[format](await made(content, format, changes));
    // A text of words alone names its pictures; the others show them.
    const plain = asText(await made(content, "txt", changes)).replace("[Picture: The sea]", "");
    const shown = format === "txt" ? read.replace("[Picture: The sea]", "") : read;
    // Where a line ends in the middle of a word, a reader of pages can't know it.
    expect(wordsRead(shown).join("")).toBe(wordsRead(plain).join(""));
  });
});
