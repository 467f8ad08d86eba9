import "server-only";
import type { BlockContent, ListItem, PhrasingContent, Root, RootContent } from "mdast";
import remarkGfm from "remark-gfm";
import remarkStringify from "remark-stringify";
import { unified } from "unified";
import type { Block, ExportDocument, Run } from "./document";
import { toDataUrl } from "./html";
import { pictureName } from "./markup";
import { nestRuns, type Nested } from "./nest-runs";

const writer = unified()
  .use(remarkGfm)
  .use(remarkStringify, { bullet: "-", emphasis: "*", fences: true, rule: "-", incrementListMarker: true });

/** The text as Markdown that any reader shows alike: line breaks are hard ones, and what looks like HTML is escaped. */
export function renderMarkdown({ title, author, label, blocks }: ExportDocument): string {
  const head: RootContent[] = [
    { type: "heading", depth: 1, children: [{ type: "text", value: oneLine(title) }] },
    ...(author === "" ? [] : [paragraph([{ text: oneLine(author), italic: true }])]),
    ...(label === null ? [] : [paragraph([{ text: oneLine(label), italic: true }])]),
  ];
  const root: Root = { type: "root", children: [...head, ...blocks.map(toNode)] };
  return writer.stringify(root);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function paragraph(runs: readonly Run[]): { type: "paragraph"; children: PhrasingContent[] } {
  return { type: "paragraph", children: toPhrasing(nestRuns(runs)) };
}

function toNode(block: Block): BlockContent {
  switch (block.kind) {
    case "heading": {
      // Below the title, which is the only heading of the first level.
      const depth = Math.min(6, block.level + 1) as 2 | 3 | 4 | 5 | 6;
      const oneLined = block.runs.map((run) => ({ ...run, text: run.text.replaceAll("\n", " ") }));
      return { type: "heading", depth, children: toPhrasing(nestRuns(oneLined)) };
    }
    case "paragraph":
      return paragraph(block.runs);
    case "quote":
      return { type: "blockquote", children: block.blocks.map(toNode) };
    case "list":
      return {
        type: "list",
        ordered: block.start !== null,
        start: block.start,
        spread: false,
        children: block.items.map(({ checked, blocks }): ListItem => ({
          type: "listItem",
          checked,
          spread: blocks.length > 1 && blocks.slice(1).some(({ kind }) => kind !== "list"),
          children: blocks.map(toNode),
        })),
      };
    case "code":
      return { type: "code", value: block.text };
    case "table":
      return {
        type: "table",
        align: [...block.aligns],
        children: block.rows.map((cells) => ({
          type: "tableRow",
          children: cells.map((runs) => ({
            type: "tableCell",
            children: toPhrasing(
              nestRuns(runs.map((run) => ({ ...run, text: run.text.replaceAll("\n", " ") }))),
            ),
          })),
        })),
      };
    case "rule":
      return { type: "thematicBreak" };
    case "picture": {
      const url = toDataUrl(block.source);
      if (url === null) return paragraph([{ text: pictureName(block.alt) }]);
      return { type: "paragraph", children: [{ type: "image", url, alt: block.alt }] };
    }
  }
}

function toPhrasing(nested: readonly Nested[]): PhrasingContent[] {
  return nested.flatMap((node): PhrasingContent[] => {
    if (node.kind === "text") {
      return node.text
        .split("\n")
        .flatMap((value, index) => [
          ...(index === 0 ? [] : [{ type: "break" as const }]),
          ...(value === "" ? [] : [{ type: "text" as const, value }]),
        ]);
    }
    if (node.look === "code") return [{ type: "inlineCode", value: plainText(node.inner) }];
    const children = toPhrasing(node.inner);
    if (node.look === "link") return [{ type: "link", url: node.target, children }];
    const type = ({ bold: "strong", italic: "emphasis", strike: "delete" } as const)[node.look];
    return [{ type, children }];
  });
}

function plainText(nested: readonly Nested[]): string {
  return nested.map((node) => (node.kind === "text" ? node.text : plainText(node.inner))).join("");
}
