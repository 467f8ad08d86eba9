import type { JSONContent } from "@tiptap/core";
import type { BlockContent, ListItem, PhrasingContent, RootContent } from "mdast";
import { joinTexts } from "./block-from-markdown";
import { writeBlock } from "./dialect";
import { type PlainPart, writeEmphasis } from "./plain-emphasis";

type Mark = NonNullable<JSONContent["marks"]>[number];

const PLAIN = /^[^\\`*_[\]~|<&:@\s#>+=\-\d!.][^\\`*_[\]~|<&:@\r\n]*[^\\`*_[\]~|<&:@\s]$/;

/**
 * A block of the editor as Markdown, without a line break at its end; empty where nothing stands in it.
 * `other`: it is a list that follows another of its kind, and must not become one with it.
 */
export function blockToMarkdown(block: JSONContent, other = false): string {
  if (block.type === "asWritten") return textOf(block).replace(/^\n+|\s+$/g, "");
  if (block.type === "paragraph") {
    const plain = plainToMarkdown(block.content ?? []);
    if (plain !== null) return plain; // most paragraphs; the way below is a hundred times longer
  }
  const written = toBlock(block);
  return written === null ? "" : writeBlock(written, other);
}

/** A line of words with nothing but emphasis in it; null where it is more than that. */
function plainToMarkdown(content: readonly JSONContent[]): string | null {
  const parts: PlainPart[] = [];
  for (const { type, text = "", marks = [] } of content) {
    const [mark, ...more] = marks;
    const known =
      mark === undefined ? null : mark.type === "italic" || mark.type === "bold" ? mark.type : undefined;
    if (type !== "text" || known === undefined || more.length > 0) return null;
    parts.push({ text: clean(text), mark: known });
  }
  const words = parts.map(({ text }) => text).join("");
  return PLAIN.test(words) && !/www\./i.test(words) ? writeEmphasis(parts) : null;
}

function textOf(node: JSONContent): string {
  return node.type === "text" ? clean(node.text ?? "") : (node.content ?? []).map(textOf).join("");
}

/** What no server stores. */
function clean(text: string): string {
  return text.replace(/\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
}

function toBlock(node: JSONContent): RootContent | null {
  switch (node.type) {
    case "paragraph": {
      const children = toInline(node.content ?? []);
      return children.length === 0 ? null : { type: "paragraph", children };
    }
    case "heading": {
      const depth = Math.min(6, Math.max(1, Number(node.attrs?.level ?? 1))) as 1 | 2 | 3 | 4 | 5 | 6; // as bounded here
      return { type: "heading", depth, children: toInline(node.content ?? []) };
    }
    case "horizontalRule":
      return { type: "thematicBreak" };
    case "codeBlock":
      return { type: "code", lang: (node.attrs?.language as string | null) ?? null, value: textOf(node) };
    case "blockquote": {
      const children = toBlocks(node);
      return children.length === 0 ? null : { type: "blockquote", children };
    }
    case "bulletList":
    case "orderedList":
      return {
        type: "list",
        ordered: node.type === "orderedList",
        start: node.type === "orderedList" ? Number(node.attrs?.start ?? 1) : null,
        spread: false,
        children: (node.content ?? []).map(toItem),
      };
    case "asWritten":
      return { type: "html", value: blockToMarkdown(node) };
    default:
      return null;
  }
}

function toBlocks(node: JSONContent): BlockContent[] {
  return (node.content ?? []).flatMap((child) => {
    const block = toBlock(child);
    return block === null ? [] : [block as BlockContent]; // those that `toBlock` makes
  });
}

function toItem(node: JSONContent): ListItem {
  const children = toBlocks(node);
  const [, second] = children;
  const tight = children.length < 2 || (children.length === 2 && second?.type === "list");
  return { type: "listItem", spread: !tight, children };
}

function toInline(content: readonly JSONContent[]): PhrasingContent[] {
  return grouped(tidy(content));
}

/** Lines without white space at their ends, which Markdown does not keep; no line break at the end of a paragraph. */
function tidy(content: readonly JSONContent[]): JSONContent[] {
  const parts = content.flatMap((node): JSONContent[] => {
    if (node.type !== "text") return [node];
    const lines = clean(node.text ?? "").split(/\r\n?|\n/);
    return lines.flatMap((text, i) => [...(i > 0 ? [{ type: "hardBreak" }] : []), { ...node, text }]);
  });
  const lines: JSONContent[][] = [[]];
  for (const part of joinTexts(parts.filter((node) => node.type !== "text" || node.text !== ""))) {
    if (part.type === "hardBreak") lines.push([]);
    else lines.at(-1)?.push(part);
  }
  const trimmed = lines.map(trimLine);
  while (trimmed.length > 0 && trimmed.at(-1)?.length === 0) trimmed.pop();
  return trimmed.flatMap((line, i) => [
    ...line,
    ...(i < trimmed.length - 1 ? [{ type: "hardBreak", attrs: { alone: line.length === 0 } }] : []),
  ]);
}

function trimLine(line: JSONContent[]): JSONContent[] {
  const parts = [...line];
  for (const [at, pattern] of [
    [0, /^[ \t]+/],
    [-1, /[ \t]+$/],
  ] as const) {
    for (let edge = parts.at(at); edge?.type === "text"; edge = parts.at(at)) {
      const text = (edge.text ?? "").replace(pattern, "");
      const index = at === 0 ? 0 : parts.length - 1;
      if (text !== "") {
        parts[index] = { ...edge, text };
        break;
      }
      parts.splice(index, 1);
    }
  }
  return parts.flatMap(outsideMarks);
}

/** White space at the edges of emphasis stands outside of it: `**bold** ` and not `**bold **`. */
function outsideMarks(node: JSONContent): JSONContent[] {
  if (node.type !== "text" || !node.marks?.some(({ type }) => type !== "link" && type !== "code"))
    return [node];
  const [, before = "", middle = "", after = ""] = /^(\s*)(.*?)(\s*)$/su.exec(node.text ?? "") ?? [];
  const rest = node.marks.filter(({ type }) => type === "link" || type === "code");
  const bare = (text: string): JSONContent[] =>
    text === "" ? [] : [rest.length > 0 ? { type: "text", text, marks: rest } : { type: "text", text }];
  return [...bare(before), ...(middle === "" ? [] : [{ ...node, text: middle }]), ...bare(after)];
}

/** Runs that share a mark become one node with the rest inside it; the longest run is outermost. */
function grouped(content: readonly JSONContent[]): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  for (let at = 0; at < content.length;) {
    const node = content[at];
    const marks = node?.marks ?? [];
    const runs = marks.map((mark) => ({ mark, end: endOfRun(content, at, mark) }));
    const longest = runs.reduce<(typeof runs)[number] | null>(
      (best, run) => (best === null || run.end > best.end ? run : best),
      null,
    );
    if (longest === null || node === undefined) {
      if (node !== undefined) nodes.push(...leaf(node));
      at += 1;
      continue;
    }
    const inside = content.slice(at, longest.end).map((part) => withoutMark(part, longest.mark));
    nodes.push(wrapped(longest.mark, inside, content[at - 1], content[longest.end]));
    at = longest.end;
  }
  return nodes;
}

const isMark = (one: Mark, other: Mark) => JSON.stringify(one) === JSON.stringify(other);

/** A line break between two words of a run belongs to it. */
function endOfRun(content: readonly JSONContent[], start: number, mark: Mark): number {
  let end = start + 1;
  for (let at = end; at < content.length; at++) {
    const node = content[at];
    if (node?.type === "text" && node.marks?.some((other) => isMark(other, mark))) end = at + 1;
    else if (node?.type !== "hardBreak" || mark.type === "code") break;
  }
  return end;
}

function withoutMark(node: JSONContent, mark: Mark): JSONContent {
  const marks = node.marks?.filter((other) => !isMark(other, mark)) ?? [];
  const { marks: _all, ...rest } = node;
  return marks.length > 0 ? { ...rest, marks } : rest;
}

/** An address that is found again without brackets where white space stands around it. */
const BARE_ADDRESS = /^https?:\/\/[a-z0-9][\w.%?=/-]*[a-z0-9/]$/i;

function wrapped(
  mark: Mark,
  inside: JSONContent[],
  before: JSONContent | undefined,
  after: JSONContent | undefined,
): PhrasingContent {
  const [only] = inside;
  switch (mark.type) {
    case "bold":
      return { type: "strong", children: grouped(inside) };
    case "italic":
      return { type: "emphasis", children: grouped(inside) };
    case "strike":
      return { type: "delete", children: grouped(inside) };
    case "code":
      return { type: "inlineCode", value: inside.map(textOf).join("") };
    case "link": {
      const url = String(mark.attrs?.href ?? "");
      const title = (mark.attrs?.title as string | null | undefined) ?? null;
      const isBare =
        title === null &&
        inside.length === 1 &&
        only?.marks === undefined &&
        only?.text === url &&
        BARE_ADDRESS.test(url) &&
        (before === undefined || before.type === "hardBreak" || /\s$/.test(before.text ?? "")) &&
        (after === undefined || after.type === "hardBreak" || /^\s/.test(after.text ?? ""));
      if (isBare) return { type: "html", value: url };
      return { type: "link", url, title, children: grouped(inside) };
    }
    default:
      throw new Error(`a text has no mark ${mark.type}`);
  }
}

function leaf(node: JSONContent): PhrasingContent[] {
  switch (node.type) {
    case "text":
      return [{ type: "text", value: node.text ?? "" }];
    case "hardBreak":
      return [{ type: "break", ...(node.attrs?.alone === true ? { alone: true } : {}) }]; // see the dialect
    case "image": {
      const { src, alt, title } = (node.attrs ?? {}) as Record<string, string | null | undefined>; // as its extension has them
      return [{ type: "image", url: src ?? "", alt: alt ?? "", title: title ?? null }];
    }
    default:
      return [];
  }
}
