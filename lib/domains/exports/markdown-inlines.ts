import "server-only";
import type { PhrasingContent, Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkStringify from "remark-stringify";
import { unified } from "unified";
import type { Run } from "./document";
import { nestRuns, type Nested } from "./nest-runs";

const writer = unified()
  .use(remarkGfm)
  .use(remarkStringify, { bullet: "-", emphasis: "*", fences: true, rule: "-" });

/** Text in which nothing can be meant as Markdown, wherever it stands but at the begin of a line. */
const PLAIN = /^(?!.*(?::\/\/|www\.))[^\\`*_~[\]<>&|@]*$/i;
/** What begins a line as a word does. */
const BEGIN = /^(?!\d+[.)])[\p{L}\p{N}"'“”‘’«»„(¿¡—–…]/u;
const OPENS_BEHIND = /[\s("'“‘«„—–]$|^$/;
const CLOSES_BEFORE = /^[\s.,;:!?)"'”’»—–…]|^$/;
const LINK_TARGET = /^[\w\-.~:/?#@!$&'*+,;=%]+$/;

/**
 * Runs as Markdown. Plain prose with a word in another look is written as it is; whatever could be read in two ways is
 * left to a writer that knows all the rules, which takes fifty times as long.
 */
export function inlineMarkdown(runs: readonly Run[]): string {
  return simple(runs) ?? stringify({ type: "paragraph", children: toPhrasing(nestRuns(runs)) });
}

/** The runs of a heading or of a table's cell, which have one line. */
export function oneLined(runs: readonly Run[]): Run[] {
  return runs.map((run) =>
    run.text.includes("\n") ? { ...run, text: run.text.replaceAll("\n", " ") } : run,
  );
}

export function headingMarkdown(depth: 1 | 2 | 3 | 4 | 5 | 6, runs: readonly Run[]): string {
  const lined = oneLined(runs);
  const text = simple(lined);
  if (text !== null && !text.endsWith("#")) return `${"#".repeat(depth)} ${text}`;
  return stringify({ type: "heading", depth, children: toPhrasing(nestRuns(lined)) });
}

export function cellMarkdown(runs: readonly Run[]): string {
  if (runs.length === 0) return "";
  const lined = oneLined(runs);
  const text = simple(lined);
  if (text !== null) return text;
  const cell = { type: "tableCell" as const, children: toPhrasing(nestRuns(lined)) };
  const [line = ""] = stringify({ type: "table", children: [{ type: "tableRow", children: [cell] }] }).split(
    "\n",
  );
  return line.replace(/^\| ?/, "").replace(/ *\|$/, "");
}

function stringify(node: Root["children"][number]): string {
  return writer.stringify({ type: "root", children: [node] }).replace(/\n$/, "");
}

/** Null where it is not so simple. */
function simple(runs: readonly Run[]): string | null {
  let text = "";
  for (let nth = 0; nth < runs.length; nth++) {
    const run = runs[nth];
    if (run === undefined) return null;
    const marked = marks(run);
    if (marked === null || !PLAIN.test(run.text.replaceAll("\n", " "))) return null;
    const [open, close] = marked;
    if (open === "") text += run.text;
    else {
      const after = runs[nth + 1]?.text ?? "";
      const sound = /^\S(?:.*\S)?$/.test(run.text);
      const clear = OPENS_BEHIND.test(text.slice(-1)) && CLOSES_BEFORE.test(after);
      if (!sound || !clear || Object.keys(runs[nth + 1] ?? {}).length > 1) return null;
      text += open + run.text + close;
    }
  }
  const lines = text.split("\n");
  const begin = (line: string) => BEGIN.test(line.replace(/^(?:\*{1,2}|~~|`|\[)(?=\S)/, ""));
  return lines.every(begin) && !/[ \t]\n/.test(text) ? lines.join("\\\n") : null;
}

/** What stands before and behind a run of one look; null where it has several. */
function marks({ text: _text, link, ...looks }: Run): readonly [string, string] | null {
  const names = Object.keys(looks);
  if (link !== undefined) return names.length === 0 && LINK_TARGET.test(link) ? ["[", `](${link})`] : null;
  if (names.length === 0) return ["", ""];
  if (names.length > 1) return null;
  const mark = looks.bold ? "**" : looks.italic ? "*" : looks.strike ? "~~" : "`";
  return [mark, mark];
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
