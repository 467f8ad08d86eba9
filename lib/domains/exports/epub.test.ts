import { strToU8, unzipSync, zipSync } from "fflate";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { drawnTexts } from "@/lib/testing/drawn-texts";
import { complaintsOfEpubcheck, findEpubcheck } from "@/lib/testing/epubcheck";
import { elementsOf, filesOf, parseXml, textIn } from "@/lib/testing/read-exports";
import { replayable, SEED } from "@/lib/testing/seed";
import type { Manuscript } from "./make-document";
import { renderFile } from "./render-file";

const PICTURES = {
  IMG_PNG: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  IMG_GIF: "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
  IMG_WEBP: "data:image/webp;base64,UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA",
  IMG_JPEG:
    "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=",
};

async function book(content: string, changes: Partial<Manuscript> = {}): Promise<Uint8Array> {
  const facts = { code: "JHSHDU", projectType: "story", title: "A book", author: "Ada", label: null };
  const rest = { language: "en", changedAt: "2026-01-02T03:04:05.678Z", pictures: PICTURES };
  const job = { manuscript: { ...facts, ...rest, content, ...changes }, name: "x", fontDir: null };
  const rendered = await renderFile({ ...job, format: "epub" });
  if (rendered.kind !== "file") throw new Error("no book");
  return rendered.bytes;
}

const CHAPTERS = Array.from(
  { length: 40 },
  (_none, nth) =>
    `## Chapter ${nth + 1}: *On* & <on>\n\n### A scene\n\nText.\n\n#### Deep\n\n${"more words ".repeat(80)}`,
).join("\n\n");
const PARTS = [
  '![The sea](penora:IMG_JPEG)\n\n## Pictures\n\n![a "b" <c> & d](penora:IMG_PNG) ![](penora:IMG_GIF)\n\n- ![w](penora:IMG_WEBP)',
  "## Tables\n\n| a | b |\n| :-: | -: |\n| **c** | `d` |\n\n- | x |\n  | - |\n  | ![t](penora:IMG_PNG) |",
  "## Notes\n\nA word[^1].\n\n[^1]: The note.\n\n- [x] done\n- [ ] open\n  - [x] inner\n\n3. three\n4. four",
  "## Nested\n\n> > - a\n> >   1. b\n> >      > ```\n> >      > <code>\n> >      > ```\n\n-\n- \n\n1.\n\n- - - a\n\n> ## Said\n\n***",
  '## Links\n\n[a](https://example.org/?a=1&b="x"#f#g) <https://example.org> [m](mailto:a@b.c?subject=a b) [sp](https://example.org/a b) [u](https://例え.jp/ü?q=ü) [p](https://example.org/%zz|{}^`) [x](https://example.org/[1]) [](https://e.org)',
  '##\n\n## \u0007😀 "q" <b>\n\n###### Six\n\n# One',
];

const BOOKS: readonly (readonly [name: string, content: string, changes?: Partial<Manuscript>])[] = [
  ["of 40 chapters", CHAPTERS],
  ["with everything in it", PARTS.join("\n\n")],
  ["without a word", "", { author: "" }],
  [
    "of 600 chapters",
    Array.from({ length: 600 }, (_none, nth) => `# ${nth}\n\nText.\n\n## In it`).join("\n\n"),
  ],
  ["of one long chapter", "Some words of a *long* book.\n\n".repeat(8_000), { projectType: "text" }],
  ["from right to left", "## שלום\n\nעולם", { title: "שלום", language: "Hebrew" }],
  [
    "in Cyrillic and Greek",
    "## Глава\n\nЛодка плывёт.\n\n## Δεύτερο\n\nΩμέγα",
    { title: "Лодка", author: "Ωμέγα" },
  ],
  [
    "with odd names",
    "中文 ひらがな 👨‍👩‍👧\u200b\u202e",
    {
      title: `A & B < "D" 'E' 😀 ]]> ${"long ".repeat(36)}`,
      author: `O'N & "S" <x>`,
      label: "By & <it>",
      language: "de-AT",
    },
  ],
  ["that is a picture", PICTURES.IMG_WEBP, { projectType: "ai_image", language: "Klingon?" }],
];

const epubcheck = findEpubcheck();
beforeAll(() => {
  if (epubcheck === null)
    process.stderr.write("epubcheck is not on the PATH: books are held to their structure alone.\n");
});

describe("a book", () => {
  it.each(BOOKS.map(([name, content, changes = {}]) => [name, content, changes] as const))(
    "%s has nothing that a checker of books complains about",
    async (_name, content, changes) => {
      expect(faultsOf(await book(content, changes))).toEqual([]);
    },
  );

  it("drawn at random has nothing that a checker of books complains about", async () => {
    await replayable(async () => {
      const drawn = fc.sample(drawnTexts, { seed: SEED, numRuns: 60 });
      const all = drawn.map(({ markdown }, nth) => `# Chapter ${nth}\n\n${markdown}`).join("\n\n");
      expect(faultsOf(await book(all))).toEqual([]);
    });
  });

  it("with a fault in it is complained about: the checks can fail", async () => {
    const files = unzipSync(await book(CHAPTERS));
    const chapter = new TextDecoder().decode(files["OEBPS/text-1.xhtml"]);
    files["OEBPS/text-1.xhtml"] = strToU8(chapter.replace("<section>", '<section id="heading-1">'));
    const broken = zipSync(files, { level: 0 });
    expect(structuralFaultsOf(broken)).not.toEqual([]);
    if (epubcheck !== null) expect(complaintsOfEpubcheck(epubcheck, broken)).not.toEqual([]);
  });

  it("lists its headings as a tree, for readers of today and of before, and each entry leads to its heading", async () => {
    const files = filesOf(await book(CHAPTERS));
    const nav = parseXml(files.get("OEBPS/nav.xhtml") ?? "");
    const [toc] = elementsOf(nav, "nav");
    const links = elementsOf(toc ?? nav, "a");
    expect(links).toHaveLength(1 + 40 * 3);
    const [chapter] = elementsOf(toc ?? nav, "li").filter((item) => textIn(item).includes("Chapter 1:"));
    expect(elementsOf(chapter ?? nav, "a").map(textIn)).toEqual(["Chapter 1: On & <on>", "A scene", "Deep"]);
    for (const link of links) {
      const [file = "", id] = (link.attributes.get("href") ?? "").split("#");
      const page = parseXml(files.get(`OEBPS/${file}`) ?? "");
      const heading = ["h1", "h2", "h3"]
        .flatMap((tag) => elementsOf(page, tag))
        .find(({ attributes }) => id === undefined || attributes.get("id") === id);
      expect(textIn(heading ?? page)).toBe(textIn(link));
    }
    const old = parseXml(files.get("OEBPS/toc.ncx") ?? "");
    expect(elementsOf(old, "navPoint")).toHaveLength(links.length);
  });

  it("is the same book in every edition, and says what a reader who can't see it may count on", async () => {
    const [first, second] = await Promise.all([book("One."), book("Two.", { title: "Other" })]);
    const idOf = (bytes: Uint8Array) =>
      elementsOf(parseXml(filesOf(bytes).get("OEBPS/package.opf") ?? ""), "dc:identifier").map(textIn);
    expect(idOf(first)).toEqual(idOf(second));
    expect(await book("One.")).toEqual(first);
    const opf = filesOf(await book("![The sea](penora:IMG_PNG)\n\nText.")).get("OEBPS/package.opf") ?? "";
    expect(opf).toContain('<meta property="schema:accessModeSufficient">textual</meta>');
    expect(opf).toContain('<meta property="schema:accessibilityFeature">alternativeText</meta>');
    expect(opf).toContain('properties="cover-image"');
    const undescribed = filesOf(await book("Text.\n\n![](penora:IMG_PNG)")).get("OEBPS/package.opf") ?? "";
    expect(undescribed).not.toContain("alternativeText");
    expect(undescribed).not.toContain("cover-image");
  });
});

function faultsOf(bytes: Uint8Array): string[] {
  const structural = structuralFaultsOf(bytes);
  return epubcheck === null ? structural : [...structural, ...complaintsOfEpubcheck(epubcheck, bytes)];
}

/** What is wrong with a book without asking anybody: files and lists that don't agree, links and ids that lead nowhere. */
function structuralFaultsOf(bytes: Uint8Array): string[] {
  const faults: string[] = [];
  const begin = Buffer.from(bytes.subarray(30, 58)).toString("latin1");
  if (begin !== "mimetypeapplication/epub+zip" || bytes[8] !== 0)
    faults.push("its type does not stand first");
  const files = filesOf(bytes);
  const opf = parseXml(files.get("OEBPS/package.opf") ?? "");
  const items = elementsOf(opf, "item").map(({ attributes }) => attributes);
  const listed = items.map((item) => `OEBPS/${item.get("href")}`);
  const there = [...files.keys()].filter((name) => name.startsWith("OEBPS/") && !name.endsWith(".opf"));
  if (listed.sort().join() !== there.sort().join()) faults.push("what is listed is not what is there");
  const ids = new Set(items.map((item) => item.get("id")));
  if (ids.size !== items.length) faults.push("two items have one id");
  for (const { attributes } of elementsOf(opf, "itemref"))
    if (!ids.has(attributes.get("idref"))) faults.push(`${attributes.get("idref")} is not listed`);
  const names = new Map<string, Set<string>>();
  const pages = there.filter((name) => name.endsWith(".xhtml"));
  for (const name of pages) {
    const found = [...(files.get(name) ?? "").matchAll(/ id="([^"]*)"/g)].map(([, id = ""]) => id);
    names.set(name, new Set(found));
    if (new Set(found).size !== found.length) faults.push(`${name} has an id twice`);
  }
  for (const name of [...pages, "OEBPS/toc.ncx"]) {
    const root = parseXml(files.get(name) ?? "");
    const targets = [
      ...elementsOf(root, "a").map(({ attributes }) => attributes.get("href") ?? ""),
      ...elementsOf(root, "content").map(({ attributes }) => attributes.get("src") ?? ""),
      ...elementsOf(root, "img").map(({ attributes }) => attributes.get("src") ?? ""),
    ];
    for (const target of targets.filter((one) => !/^(?:https?|mailto):/.test(one))) {
      const [file = "", id] = target.split("#");
      const page = `OEBPS/${file}`;
      if (!files.has(page) || (id !== undefined && !names.get(page)?.has(id)))
        faults.push(`${target} leads nowhere`);
    }
    for (const target of targets.filter((one) => /^https?:/.test(one)))
      if (!/^[\w\-.~:/?#@!$&'()*+,;=%]+$/.test(target)) faults.push(`${target} is no address`);
  }
  return faults;
}
