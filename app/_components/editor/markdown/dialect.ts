import type { Break, Root, RootContent, Text } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkStringify, { type Options } from "remark-stringify";
import { type Processor, unified } from "unified";

/*
 * The Markdown of a text: CommonMark and GFM, but a line break stays a line break, what looks like HTML is text, and only
 * fences make code.
 */

type Handlers = NonNullable<Options["handlers"]>;

/** No character of a text. Stands where a `<` need not be escaped. */
const LESS_THAN = "\uFDD0";
/** A `<` that begins no link, and that no backslash stands before. */
const PLAIN_LESS_THAN = /(?<!\\)<(?![a-z][a-z0-9.+-]{1,31}:|[^\s<>]+@)/gi;

const handlers: Partial<Handlers> = {
  text: (node: Text, _parent, state, info) =>
    state.safe(node.value.replace(PLAIN_LESS_THAN, LESS_THAN), info).replaceAll(LESS_THAN, "<"),
  // A heading has one line. A line that would be empty without its backslash would end the paragraph.
  break: (node: Break & { alone?: true }, _parent, state) => {
    if (state.stack.includes("headingAtx")) return " ";
    return node.alone === true ? "\\\n" : "\n";
  },
};

/** HTML is text and an indented verse no code, on the way in. On the way out the handlers above leave it alone. */
function withoutHtml(this: Processor) {
  const data = this.data() as { micromarkExtensions?: unknown[] };
  (data.micromarkExtensions ??= []).push({ disable: { null: ["htmlFlow", "htmlText", "codeIndented"] } });
}

const settings: Options = {
  handlers,
  ...{ bullet: "-", bulletOther: "*", bulletOrdered: ".", emphasis: "*", strong: "*" },
  ...{ fences: true, listItemIndent: "one", rule: "*", ruleSpaces: true, ruleRepetition: 3 },
};

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(withoutHtml)
  .use(remarkStringify, settings)
  .freeze();

/** Reads Markdown; every node knows its place in the source. */
export function parseMarkdown(markdown: string): Root {
  return processor.parse(markdown);
}

/** Writes one block, without a line break at its end. `other`: a list that follows another of its kind. */
export function writeBlock(block: RootContent, other = false): string {
  const writer = other ? otherLists : processor;
  return writer.stringify({ type: "root", children: [block] }).replace(/\n+$/, "");
}

/** Two lists of one kind in a row stay two where their marks differ. */
const otherLists = unified()
  .use(remarkGfm, { singleTilde: false })
  .use(remarkStringify, { ...settings, bullet: "*", bulletOther: "-", bulletOrdered: ")" })
  .freeze();
