import path from "node:path";
import { unzipSync } from "fflate";
import mammoth from "mammoth";
import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, it } from "vitest";
import type { FileFormat } from "@/lib/contract/export-format";
import { elementsOf, filesOf, parseXml, textIn } from "@/lib/testing/read-exports";
import type { Manuscript } from "./make-document";
import { renderFile } from "./render-file";

// One red pixel.
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

const HEAD = { title: "Alpha Omega", author: "Ada", label: "Demo writer: rule-based, no AI" };

function manuscript(content: string, changes: Partial<Manuscript> = {}): Manuscript {
  const facts = { code: "JHSHDU", projectType: "text", language: null, pictures: {} };
  return { ...facts, ...HEAD, content, changedAt: "2026-01-02T03:04:05.678Z", ...changes };
}

async function made(
  content: string,
  format: FileFormat,
  changes: Partial<Manuscript> = {},
): Promise<Uint8Array> {
  const job = { manuscript: manuscript(content, changes), format, name: "x", fontDir: null };
  const rendered = await renderFile(job);
  if (rendered.kind !== "file") throw new Error(`can't draw ${rendered.scripts.join()}`);
  return rendered.bytes;
}

const asText = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const EVIL = [
  "<script>alert(1)</script> <img src=x onerror=alert(1)> <b>bold</b>",
  "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](&#106;avascript:alert(1)) [d](data:text/html,x)",
  '[e](https://example.org/"onclick="x) <https://example.org/a> ![f](https://example.org/f.png)',
  "![g](data:image/svg+xml;base64,PHN2Zy8+) ![h](file:///etc/passwd) ![i](penora:IMG_NOBODY)",
  "<!-- comment --> <![CDATA[x]]> <?php x ?> </body></html> &lt;script&gt; &#60;script&#62;",
  "[ref] and [ref][ref]\n\n[ref]: javascript:alert(1)",
].join("\n\n");

describe("what somebody wrote is never trusted", () => {
  it.each(["html", "epub"] as const)(
    "raw HTML is text and links are http(s) or mailto in %s",
    async (format) => {
      const bytes = await made(EVIL, format, { title: 'A "<i>title</i>" & more', author: "<Ada>" });
      const markup = format === "html" ? asText(bytes) : [...filesOf(bytes).values()].join("\n");
      const pages = format === "html" ? [markup.replace(/<style>[\s\S]*?<\/style>/, "")] : pagesOf(bytes);
      for (const page of pages) {
        const root = parseXml(page);
        for (const name of ["script", "iframe", "object", "form", "b", "i"]) {
          expect(elementsOf(root, name)).toEqual([]);
        }
        for (const { attributes } of elementsOf(root, "a")) {
          expect(attributes.get("href")).toMatch(/^(https?:\/\/|mailto:|title\.xhtml|text-\d+\.xhtml)/);
          expect([...attributes.keys()].sort().join()).toMatch(/^(epub:type,)?href(,rel)?$/);
        }
        expect(elementsOf(root, "img")).toEqual([]);
      }
      expect(markup).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    },
  );

  it("nothing of it vanishes: what is no link is its text, what is no picture is named", async () => {
    const text = asText(await made(EVIL, "txt"));
    for (const kept of ["<script>alert(1)</script>", "<!-- comment -->", "[Picture: g]", "[Picture: h]"]) {
      expect(text).toContain(kept);
    }
    expect(text).toContain("[ref]: javascript:alert(1)");
  });

  it("DOCX and PDF hold no other address than http(s) and mailto", async () => {
    const files = filesOf(await made(EVIL, "docx"));
    const targets = elementsOf(parseXml(files.get("word/_rels/document.xml.rels") ?? ""), "Relationship")
      .filter(({ attributes }) => attributes.get("TargetMode") === "External")
      .map(({ attributes }) => attributes.get("Target") ?? "");
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets) expect(target).toMatch(/^(https?:\/\/|mailto:)/);
    const uris =
      Buffer.from(await made(EVIL, "pdf"))
        .toString("latin1")
        .match(/\/URI \([^)]*/g) ?? [];
    expect(uris.length).toBeGreaterThan(0);
    for (const uri of uris) expect(uri).toMatch(/^\/URI \((https?:\/\/|mailto:)/);
  });

  it("is made where it is nested or marked without end", { timeout: 60_000 }, async () => {
    const hard = [">", "- ", "*a ", "**", "[", "![a](", "`", "|a", "_a_", "~", "1. ", "<", "&", "\\"];
    for (const sign of hard) {
      const text = asText(await made(`${sign.repeat(30_000)}\n\nThe end`, "txt"));
      expect(text).toContain("The end");
    }
  });
});

const pagesOf = (epub: Uint8Array) =>
  [...filesOf(epub)].filter(([name]) => name.endsWith(".xhtml")).map(([, page]) => page);

const STORY =
  "Before.\n\n## One\n\nFirst *chapter*.\n\n### Inside\n\nText.\n\n## Two & <three>\n\nSecond chapter.";

describe("a story", () => {
  const story = { projectType: "story", language: "German" };

  it("as EPUB is a book: each chapter a file, listed, well formed, with unique ids, and nothing from elsewhere", async () => {
    const bytes = await made(STORY, "epub", story);
    // The first entry is the type, stored as it is: readers look for it at this very place.
    expect(Buffer.from(bytes.subarray(30, 58)).toString("latin1")).toBe("mimetypeapplication/epub+zip");
    expect(bytes[8]).toBe(0);
    const files = filesOf(bytes);
    const book = parseXml(files.get("OEBPS/package.opf") ?? "");
    expect(elementsOf(book, "dc:language").map(textIn)).toEqual(["de"]);
    expect(elementsOf(book, "dc:title").map(textIn)).toEqual([HEAD.title]);
    expect(elementsOf(book, "dc:creator").map(textIn)).toEqual([HEAD.author]);
    expect(elementsOf(book, "dc:description").map(textIn)).toEqual([HEAD.label]);
    expect(elementsOf(book, "dc:identifier").map(textIn)[0]).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    const modified = elementsOf(book, "meta").filter(
      ({ attributes }) => attributes.get("property") === "dcterms:modified",
    );
    expect(modified.map(textIn)).toEqual(["2026-01-02T03:04:05Z"]);
    const items = elementsOf(book, "item").map(({ attributes }) => attributes);
    const ids = items.map((item) => item.get("id"));
    expect(new Set(ids).size).toBe(ids.length);
    expect(items.map((item) => `OEBPS/${item.get("href")}`).sort()).toEqual(
      [...files.keys()].filter((name) => name.startsWith("OEBPS/") && !name.endsWith(".opf")).sort(),
    );
    for (const { attributes } of elementsOf(book, "itemref")) expect(ids).toContain(attributes.get("idref"));
    const links = elementsOf(elementsOf(parseXml(files.get("OEBPS/nav.xhtml") ?? ""), "nav")[0] ?? book, "a");
    expect(links.map(textIn)).toEqual([HEAD.title, "One", "Inside", "Two & <three>"]);
    for (const { attributes } of links)
      expect(files.has(`OEBPS/${attributes.get("href")?.replace(/#.*/, "")}`)).toBe(true);
    for (const page of pagesOf(bytes)) {
      expect(elementsOf(parseXml(page), "html")[0]?.attributes.get("xml:lang")).toBe("de");
      expect(elementsOf(parseXml(page), "title").map(textIn).join("")).not.toBe("");
    }
  });

  it("as PDF has a list of contents, bookmarks, and each chapter on a page of its own", async () => {
    const bytes = await made(STORY, "pdf", story);
    const { numPages } = await getDocumentProxy(bytes.slice());
    // Title, contents, what stands before the first chapter, and the chapters.
    expect(numPages).toBe(5);
    const { text } = await extractText(await getDocumentProxy(bytes.slice()), { mergePages: false });
    expect(text[1]).toMatch(/Contents\s+One\s+4\s+Two & <three>\s+5/);
    expect(text[3]).toContain("First chapter.");
    expect(text[4]).toContain("Second chapter.");
    expect(Buffer.from(bytes).toString("latin1")).toContain("/Outlines");
  });

  it("as DOCX has headings of their levels, and links to its chapters", async () => {
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(await made(STORY, "docx", story)) });
    expect(value).toContain("<h2>Inside</h2>");
    expect(value).toMatch(/<h1>(<a id="chapter_1"><\/a>)?One<\/h1>/);
    expect(value).toContain('<a href="#chapter_2">Two &amp; &lt;three&gt;</a>');
  });

  it("that begins with its own title says it once", async () => {
    const text = asText(await made(`# ${HEAD.title}\n\n## One\n\nText.`, "txt", story));
    expect(text.match(/Alpha Omega/g)).toHaveLength(1);
  });
});

describe("a text that the fonts can't draw", () => {
  const pdfOf = (content: string) =>
    renderFile({ manuscript: manuscript(content), format: "pdf", name: "x", fontDir: null });

  it.each([
    ["中文 and words", "Chinese (Han): 中, 文"],
    ["ひらがな", "Japanese (kana): ひ, ら, が, な"],
    ["한국어", "Korean (Hangul): 한, 국, 어"],
    ["שלום", "Hebrew: ש, ל, ו, ם"],
    ["مرحبا", "Arabic: م, ر, ح, ب, ا"],
    ["नमस्ते", "Devanagari: न, म, स, ्, त"],
    ["a 🦄 b", "emoji: 🦄"],
  ])("has no PDF, and the script of %j is named", async (content, script) => {
    expect(await pdfOf(content)).toEqual({ kind: "undrawable", scripts: [script] });
  });

  it("has every other format, and a ZIP of them that says why there is no PDF", async () => {
    for (const format of ["docx", "epub", "html", "md", "txt"] as const) {
      expect((await made("中文", format)).length).toBeGreaterThan(0);
    }
    const zip = await renderFile({
      manuscript: manuscript("中文"),
      format: "zip",
      name: "书",
      fontDir: null,
    });
    if (zip.kind !== "file") throw new Error("no ZIP");
    const files = filesOf(zip.bytes);
    expect([...files.keys()].sort()).toEqual(
      ["Why there is no PDF.txt", "书.docx", "书.epub", "书.html", "书.md", "书.txt"].sort(),
    );
    expect(files.get("Why there is no PDF.txt")).toContain("Chinese (Han)");
  });

  it("is drawn with fonts of the operator's folder where they have it", async () => {
    const own = path.resolve("node_modules/dejavu-fonts-ttf/ttf");
    const drawn = await renderFile({
      manuscript: manuscript("Ωμέγα 𝒜"),
      format: "pdf",
      name: "x",
      fontDir: own,
    });
    expect(drawn.kind).toBe("file");
    expect((await pdfOf("Ωμέγα 𝒜")).kind).toBe("undrawable");
  });

  it("is drawn where only invisible signs are missing", async () => {
    expect((await pdfOf("a\u200db \ufe0f\u2060 soft\u00adhyphen")).kind).toBe("file");
  });
});

describe("a picture of ours in a text", () => {
  const text =
    "Before.\n\n![The sea](penora:IMG_SEA123)\n\n![Far](penora:IMG_FAR123) ![Gone](penora:IMG_GONE12)";
  const withPictures = { pictures: { IMG_SEA123: PNG, IMG_FAR123: "https://pictures.example/a.png" } };

  it.each(["pdf", "docx", "epub", "html", "md"] as const)(
    "comes along in %s, with its bytes",
    async (format) => {
      const bytes = await made(text, format, withPictures);
      const png = Buffer.from(PNG, "base64");
      if (format === "html" || format === "md")
        expect(asText(bytes)).toContain(`data:image/png;base64,${PNG}`);
      else if (format === "pdf") expect(Buffer.from(bytes).toString("latin1")).toContain("/Subtype /Image");
      else {
        const files = Object.entries(unzipSync(bytes)).filter(([name]) => name.endsWith(".png"));
        expect(files.map(([, content]) => Buffer.from(content).equals(png))).toEqual([true]);
      }
    },
  );

  it("that lies elsewhere is a link to it, and one that is gone is named: nothing is fetched", async () => {
    const html = asText(await made(text, "html", withPictures));
    expect(html).toContain('<a href="https://pictures.example/a.png" rel="noopener nofollow">Far</a>');
    expect(html).toContain("[Picture: Gone]");
    expect(html).not.toContain('src="https:');
  });

  it("that is broken is named, and the file is made", async () => {
    for (const broken of [PNG.slice(0, 60), `${PNG.slice(0, 70)}AAAA${PNG.slice(74)}`, "/9j/4AAQSkZJRg=="]) {
      for (const format of ["pdf", "docx", "epub"] as const) {
        const bytes = await made("![Sea](penora:IMG_A)", format, { pictures: { IMG_A: broken } });
        expect(bytes.length).toBeGreaterThan(500);
      }
    }
  });
});
