import { getDocumentProxy } from "unpdf";
import { describe, expect, it } from "vitest";
import type { Manuscript } from "./make-document";
import { renderFile } from "./render-file";

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

async function open(content: string, changes: Partial<Manuscript> = {}) {
  const facts = { code: "JHSHDU", projectType: "text", title: "Alpha", author: "", label: null };
  const rest = { language: "German", changedAt: "2026-01-02T03:04:05.678Z", pictures: { IMG_SEA123: PNG } };
  const manuscript = { ...facts, ...rest, content, ...changes };
  const rendered = await renderFile({ manuscript, format: "pdf", name: "x", fontDir: null });
  if (rendered.kind !== "file") throw new Error("no PDF");
  return getDocumentProxy(rendered.bytes.slice());
}

interface Node {
  readonly role?: string;
  readonly alt?: string;
  readonly children?: readonly Node[];
}

/** The tree of a page as brackets: `P` for a paragraph, `L(LI(Lbl LBody))` for a list. */
function outline({ role = "", alt, children = [] }: Node): string {
  const inner = children.filter((child) => child.role !== undefined).map(outline);
  return `${role}${alt === undefined ? "" : `:${alt}`}${inner.length === 0 ? "" : `(${inner.join(" ")})`}`;
}

describe("a PDF for those who listen to it", () => {
  it("says what each part is, in the order of reading, and in which language", async () => {
    const pdf = await open(
      [
        "## One",
        "Text with a [link](https://example.org/) in it.",
        "- [x] done\n  1. inner",
        "> Said.",
        "| a |\n| - |\n| b |",
        "![The sea](penora:IMG_SEA123)",
        "---",
        "```\ncode\n```",
      ].join("\n\n"),
    );
    const tree = (await (await pdf.getPage(1)).getStructTree()) as unknown as Node;
    expect(outline(tree)).toBe(
      "Root(Document(H1 H2 P(Link) L(LI(Lbl LBody(L(LI(Lbl LBody))))) BlockQuote(P) Table(TR(TH) TR(TD)) Figure:The sea Code))",
    );
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    expect(await pdf.getMetadata()).toMatchObject({ info: { Title: "Alpha", Language: "de" } });
  });

  it("goes on with a paragraph behind the end of a page", async () => {
    const pdf = await open("word ".repeat(1_500));
    for (const page of [1, 2]) {
      const tree = (await (await pdf.getPage(page)).getStructTree()) as unknown as Node;
      expect(outline(tree)).toMatch(/^Root\(Document\((H1 )?P\)\)$/);
    }
  });

  it("of more parts than any book has goes without tags", async () => {
    const pdf = await open("a\n\n".repeat(40_100));
    expect(await pdf.getMarkInfo()).toBeNull();
  });
});

it("has its headings as bookmarks, a tree that leads to them", async () => {
  const pdf = await open("# One\n\nText.\n\n## In it\n\n### Deep\n\n# Two", { projectType: "story" });
  interface Item {
    readonly title: string;
    readonly items: readonly Item[];
  }
  const titles = (items: readonly Item[]): unknown[] => items.map((one) => [one.title, titles(one.items)]);
  expect(titles(await pdf.getOutline())).toEqual([
    ["One", [["In it", [["Deep", []]]]]],
    ["Two", []],
  ]);
});

it("has the lines of its contents lead to their chapters", async () => {
  const pdf = await open("# One\n\nText.\n\n# Two\n\nMore.", { projectType: "story" });
  const links = (await (await pdf.getPage(2)).getAnnotations()) as { dest: unknown[] }[];
  const pages = await Promise.all(
    links.map(({ dest: [ref] }) => pdf.getPageIndex(ref as Parameters<typeof pdf.getPageIndex>[0])),
  );
  expect(pages).toEqual([2, 3]);
});
