import type { JSONContent } from "@tiptap/core";
import type { ListItem, PhrasingContent, RootContent } from "mdast";

type Mark = NonNullable<JSONContent["marks"]>[number];

/** A block as the editor holds it, or null where it holds no such thing. */
export function blockFromMarkdown(block: RootContent): JSONContent | null {
  switch (block.type) {
    case "paragraph":
      return withContent({ type: "paragraph" }, inline(block.children, []));
    case "heading":
      return withContent({ type: "heading", attrs: { level: block.depth } }, inline(block.children, []));
    case "thematicBreak":
      return { type: "horizontalRule" };
    case "code": {
      if (block.meta) return null;
      const attrs = { language: block.lang ?? null };
      return withContent(
        { type: "codeBlock", attrs },
        block.value ? [{ type: "text", text: block.value }] : [],
      );
    }
    case "blockquote":
      return parent({ type: "blockquote" }, block.children);
    case "list": {
      const items = block.children.map(listItem);
      if (items.some((item) => item === null)) return null;
      const list = block.ordered
        ? { type: "orderedList", attrs: { start: block.start ?? 1 } }
        : { type: "bulletList" };
      return { ...list, content: items as JSONContent[] }; // the null ones have left above
    }
    default:
      return null;
  }
}

/** An item begins with a paragraph in the editor; one that does not, and a box to tick, can't be held. */
function listItem(item: ListItem): JSONContent | null {
  if (typeof item.checked === "boolean") return null;
  if (item.children.length === 0) return { type: "listItem", content: [{ type: "paragraph" }] };
  return item.children[0]?.type === "paragraph" ? parent({ type: "listItem" }, item.children) : null;
}

function parent(node: JSONContent, children: RootContent[]): JSONContent | null {
  const content = children.map(blockFromMarkdown);
  if (content.length === 0 || content.some((child) => child === null)) return null;
  return { ...node, content: content as JSONContent[] }; // the null ones have left above
}

function withContent(node: JSONContent, content: JSONContent[] | null): JSONContent | null {
  if (content === null) return null;
  return content.length === 0 ? node : { ...node, content };
}

function inline(children: PhrasingContent[], marks: readonly Mark[]): JSONContent[] | null {
  const parts: JSONContent[] = [];
  for (const child of children) {
    const read = phrase(child, marks);
    if (read === null) return null;
    parts.push(...read);
  }
  return joinTexts(parts);
}

function phrase(node: PhrasingContent, marks: readonly Mark[]): JSONContent[] | null {
  switch (node.type) {
    case "text":
      return node.value
        .split("\n")
        .flatMap((line, i) => [...(i > 0 ? [{ type: "hardBreak" }] : []), ...words(line, marks)]);
    case "break":
      return [{ type: "hardBreak" }];
    case "strong":
      return inline(node.children, withMark(marks, { type: "bold" }));
    case "emphasis":
      return inline(node.children, withMark(marks, { type: "italic" }));
    case "delete":
      return inline(node.children, withMark(marks, { type: "strike" }));
    case "inlineCode":
      return marks.length > 0 ? null : words(node.value, [{ type: "code" }]);
    case "link":
      if (!isLinkTarget(node.url)) return null;
      return inline(
        node.children,
        withMark(marks, { type: "link", attrs: { href: node.url, title: node.title ?? null } }),
      );
    case "image":
      return marks.length > 0
        ? null
        : [{ type: "image", attrs: { src: node.url, alt: node.alt || null, title: node.title ?? null } }];
    default:
      return null;
  }
}

/** Links lead to http(s) and mailto; everything else is text. */
export function isLinkTarget(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)/i.test(url);
}

const ORDER = ["link", "bold", "italic", "strike", "code"];

/** In the order in which the editor holds them; once each. */
function withMark(marks: readonly Mark[], mark: Mark): Mark[] {
  const others = marks.filter(({ type }) => type !== mark.type);
  return [...others, mark].sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
}

function words(text: string, marks: readonly Mark[]): JSONContent[] {
  if (text === "") return [];
  return [{ type: "text", text, ...(marks.length > 0 ? { marks: [...marks] } : {}) }];
}

/** Texts with the same marks are one text. */
export function joinTexts(parts: readonly JSONContent[]): JSONContent[] {
  const joined: JSONContent[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (
      part.type === "text" &&
      last?.type === "text" &&
      JSON.stringify(last.marks) === JSON.stringify(part.marks)
    )
      joined[joined.length - 1] = { ...last, text: `${last.text ?? ""}${part.text ?? ""}` };
    else joined.push(part);
  }
  return joined;
}
