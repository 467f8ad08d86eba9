import type { JSONContent } from "@tiptap/core";
import type { Root, RootContent } from "mdast";
import { blockFromMarkdown } from "./block-from-markdown";
import { blockToMarkdown } from "./block-to-markdown";
import { parseMarkdown } from "./dialect";
import { type PlainPart, readEmphasis } from "./plain-emphasis";

/** A block of a text for the editor, and the Markdown that it came from. */
export interface SourcedBlock {
  readonly json: JSONContent;
  readonly source: string;
}

/** What can't be read without the rest of the text: definitions, and fences with blank lines in them. */
const NEEDS_THE_WHOLE = /^ {0,3}(?:\[[^\]]+\]:|```|~~~)/m;
/** No paragraph of plain words, which most are: something in it means something in Markdown. */
const MARKED = /[\\`*_[\]~|]|&[#a-z]|:\/\/|www\.|\S@\S|<[a-z]|^[\s#>+=-]|^\d{1,9}[.)]|[ \t]$/im;

/**
 * Reads a text for the editor. What the editor can't hold as it is — a table, a footnote, an indented verse — becomes a
 * block of Markdown as it was written, so that nothing is lost by opening and saving. There is always one block.
 */
export function toBlocks(markdown: string): SourcedBlock[] {
  const text = markdown.replace(/\r\n?/g, "\n");
  if (NEEDS_THE_WHOLE.test(text)) return readMarked(text);
  const blocks: SourcedBlock[] = [];
  let marked: string[] = [];
  const flush = () => {
    if (marked.length > 0) blocks.push(...readMarked(marked.join("\n\n")));
    marked = [];
  };
  for (const chunk of text.split(/\n(?:[ \t]*\n)+/)) {
    if (chunk.trim() === "") continue;
    const source = chunk.replace(/^\n+|\n+$/g, "");
    const parts = readEmphasis(source);
    if (MARKED.test(parts.map(({ text: words }) => words).join(""))) {
      marked.push(source);
    } else {
      flush();
      blocks.push({ json: plainParagraph(parts), source });
    }
  }
  flush();
  return blocks.length > 0 ? blocks : [{ json: { type: "paragraph" }, source: "" }];
}

function plainParagraph(parts: readonly PlainPart[]): JSONContent {
  const content = parts.flatMap(({ text, mark }) =>
    text
      .split("\n")
      .flatMap((line, i): JSONContent[] => [
        ...(i > 0 ? [{ type: "hardBreak" }] : []),
        ...(line === ""
          ? []
          : [{ type: "text", text: line, ...(mark === null ? {} : { marks: [{ type: mark }] }) }]),
      ]),
  );
  return { type: "paragraph", content };
}

function readMarked(text: string): SourcedBlock[] {
  const root = parseMarkdown(text);
  const whole = new Set(root.children.some(({ type }) => type === "definition") ? referring(root) : []);
  return root.children.map((block) => {
    const { start, end } = block.position ?? {};
    // From the beginning of its line: an indentation is no part of a block's place.
    const source = text.slice((start?.offset ?? 0) - (start?.column ?? 1) + 1, end?.offset);
    return { source, json: (whole.has(block) ? null : readBlock(block, source)) ?? asWritten(source) };
  });
}

/** Blocks that refer to a definition elsewhere mean nothing without it. */
function referring(root: Root): RootContent[] {
  return root.children.filter((block) => JSON.stringify(block).includes('Reference"'));
}

/** Null where the editor would not give the same back. */
function readBlock(block: RootContent, source: string): JSONContent | null {
  if (block.type === "paragraph" && /^[ \t]|\n[ \t]+\S/.test(source)) return null;
  const json = blockFromMarkdown(block);
  if (json === null) return null;
  const [again, ...more] = parseMarkdown(blockToMarkdown(json)).children;
  const same = again !== undefined && more.length === 0 && isSame(blockFromMarkdown(again), json);
  return same ? json : null;
}

function isSame(one: JSONContent | null, other: JSONContent): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Markdown that is shown, and kept, as it was written. */
export function asWritten(source: string): JSONContent {
  return { type: "asWritten", content: [{ type: "text", text: source }] };
}
