import "server-only";
import { type Block, type ExportDocument, textOf } from "./document";
import { pictureName } from "./markup";

/** The text alone, without a sign of markup but what lists, quotes and tables need to be read. */
export function renderText({ title, author, label, blocks }: ExportDocument): string {
  const head = [title, ...(author === "" ? [] : [author]), ...(label === null ? [] : [label])].join("\n");
  return `${[head, ...blocks.map(blockText)].join("\n\n")}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return textOf(block.runs);
    case "quote":
      return indent(block.blocks.map(blockText).join("\n\n"), "    ", "    ");
    case "list":
      return block.items
        .map(({ checked, blocks }, index) => {
          const number = block.start === null ? "-" : `${block.start + index}.`;
          const mark = `${number} ${checked === null ? "" : checked ? "[x] " : "[ ] "}`;
          return indent(blocks.map(blockText).join("\n"), mark, " ".repeat(number.length + 1));
        })
        .join("\n");
    case "code":
      return block.text;
    case "table":
      return block.rows.map((cells) => cells.map(textOf).join("\t")).join("\n");
    case "rule":
      return "* * *";
    case "picture":
      return pictureName(block.alt);
  }
}

function indent(text: string, first: string, rest: string): string {
  return text
    .split("\n")
    .map((line, index) => (line === "" && index > 0 ? "" : `${index === 0 ? first : rest}${line}`))
    .join("\n");
}
