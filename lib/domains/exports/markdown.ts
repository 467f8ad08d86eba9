import "server-only";
import type { Align, Block, ExportDocument } from "./document";
import { toDataUrl } from "./html";
import { pictureName } from "./markup";
import { cellMarkdown, headingMarkdown, inlineMarkdown } from "./markdown-inlines";

/** The largest number that an item may have. */
const MOST = 999_999_999;

/** The text as Markdown that any reader shows alike: line breaks are hard ones, and what looks like HTML is escaped. */
export function renderMarkdown({ title, author, label, blocks }: ExportDocument): string {
  const head = [
    headingMarkdown(1, [{ text: title }]),
    ...(author === "" ? [] : [inlineMarkdown([{ text: author, italic: true }])]),
    ...(label === null ? [] : [inlineMarkdown([{ text: label, italic: true }])]),
  ];
  return `${[...head, ...many(blocks)].join("\n\n")}\n`;
}

/** Of two lists that follow each other the second has another sign, or they would be one. */
function many(blocks: readonly Block[]): string[] {
  let other = false;
  return blocks.map((block, nth) => {
    const before = blocks[nth - 1];
    const follows =
      block.kind === "list" && before?.kind === "list" && (block.start === null) === (before.start === null);
    other = follows && !other;
    return one(block, other);
  });
}

function one(block: Block, other: boolean): string {
  switch (block.kind) {
    case "heading":
      // Below the title, which is the only heading of the first level.
      return headingMarkdown(Math.min(6, block.level + 1) as 2 | 3 | 4 | 5 | 6, block.runs);
    case "paragraph":
      return inlineMarkdown(block.runs);
    case "quote":
      return prefixed(many(block.blocks).join("\n\n"), "> ", "> ");
    case "list":
      return list(block, other);
    case "code": {
      const longest = Math.max(2, ...(block.text.match(/`+/g) ?? []).map((ticks) => ticks.length));
      const fence = "`".repeat(longest + 1);
      return `${fence}\n${block.text}\n${fence}`;
    }
    case "table":
      return table(block);
    case "rule":
      return "___";
    case "picture": {
      const url = toDataUrl(block.source);
      if (url === null) return inlineMarkdown([{ text: pictureName(block.alt) }]);
      const alt =
        block.alt.trim() === "" ? "" : inlineMarkdown([{ text: block.alt.replaceAll("\n", " ").trim() }]);
      return `![${alt}](${url})`;
    }
  }
}

function list({ start, items }: Extract<Block, { kind: "list" }>, other: boolean): string {
  return items
    .map(({ checked, blocks }, nth) => {
      const bullet =
        start === null ? (other ? "*" : "-") : `${Math.min(MOST, start + nth)}${other ? ")" : "."}`;
      const task = checked === null ? "" : checked ? "[x] " : "[ ] ";
      const loose = blocks.slice(1).some(({ kind }) => kind !== "list");
      const text = many(blocks).join(loose ? "\n\n" : "\n");
      if (text === "") return `${bullet}${task === "" ? "" : ` ${task}`}`.trimEnd();
      return prefixed(text, `${bullet} ${task}`, " ".repeat(bullet.length + 1));
    })
    .join("\n");
}

function table({ aligns, rows }: Extract<Block, { kind: "table" }>): string {
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const all = Array.from({ length: columns }, (_none, column) => column);
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const [head = "", ...body] = rows.map((cells) =>
    row(all.map((column) => cellMarkdown(cells[column] ?? []))),
  );
  return [head, row(all.map((column) => delimiter(aligns[column]))), ...body].join("\n");
}

function delimiter(align: Align | undefined): string {
  return { left: ":--", right: "--:", center: ":-:", none: "---" }[align ?? "none"];
}

function prefixed(text: string, first: string, rest: string): string {
  return text
    .split("\n")
    .map((line, nth) => (nth === 0 ? first + line : line === "" ? rest.trimEnd() : rest + line))
    .join("\n");
}
