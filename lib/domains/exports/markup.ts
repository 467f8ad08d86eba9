import "server-only";
import { type Block, chapterLevel, type PictureSource, type Run, textOf } from "./document";
import { type Look, nestRuns, type Nested } from "./nest-runs";

/** What differs between a page, a file of HTML and a book. */
export interface MarkupWishes {
  /** The `src` of a picture; null where it can't be shown, and is named. */
  readonly sourceOf: (source: PictureSource, alt: string) => string | null;
  /** The attributes of a heading, by its number among all of them: an anchor to jump to. */
  readonly headingAttributes?: (nth: number) => string;
  /** The level that the highest heading of the text becomes; default 2, below the title. */
  readonly topLevel?: number;
  /** The level that counts as the highest; default: the highest that there is. */
  readonly highest?: number;
}

/** Text that stands in an element or in an attribute's quotes. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPED[sign] ?? sign);
}

const ESCAPED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const TAGS: Readonly<Record<Exclude<Look, "link">, string>> = {
  bold: "strong",
  italic: "em",
  strike: "s",
  code: "code",
};

/**
 * Blocks as markup that is HTML and XHTML alike. Everything that somebody wrote is escaped; no attribute but these of
 * ours, no element that loads, runs or leads anywhere but `<a>` to http(s) or mailto and `<img>` of `sourceOf`.
 */
export function toMarkup(blocks: readonly Block[], wishes: MarkupWishes): string {
  const highest = wishes.highest ?? chapterLevel(blocks) ?? 1;
  const shift = (wishes.topLevel ?? 2) - highest;
  let headings = 0;
  const many = (inner: readonly Block[]): string => inner.map(one).join("\n");
  const one = (block: Block): string => {
    switch (block.kind) {
      case "heading": {
        const level = Math.max(1, Math.min(6, block.level + shift));
        const attributes = wishes.headingAttributes?.(headings++) ?? "";
        return `<h${level}${attributes}>${inlineMarkup(block.runs)}</h${level}>`;
      }
      case "paragraph":
        return `<p>${inlineMarkup(block.runs)}</p>`;
      case "quote":
        return `<blockquote>\n${many(block.blocks)}\n</blockquote>`;
      case "list": {
        const items = block.items.map(({ checked, blocks: inner }) => {
          const mark = checked === null ? "" : checked ? "☑ " : "☐ ";
          const [first, ...rest] = inner;
          // A single paragraph needs no element of its own: tight lists stay tight.
          const begin = first?.kind === "paragraph" ? inlineMarkup(first.runs) : first ? one(first) : "";
          return `<li>${mark}${begin}${rest.length === 0 ? "" : `\n${many(rest)}\n`}</li>`;
        });
        const start = block.start === null || block.start === 1 ? "" : ` start="${block.start}"`;
        const tag = block.start === null ? "ul" : "ol";
        return `<${tag}${start}>\n${items.join("\n")}\n</${tag}>`;
      }
      case "code":
        return `<pre><code>${escapeMarkup(block.text)}</code></pre>`;
      case "table":
        return tableMarkup(block);
      case "rule":
        return "<hr/>";
      case "picture": {
        const source = wishes.sourceOf(block.source, block.alt);
        if (source === null) return `<p>${escapeMarkup(pictureName(block.alt))}</p>`;
        const image = `<img src="${escapeMarkup(source)}" alt="${escapeMarkup(block.alt)}"`;
        return `<p class="picture">${image} referrerpolicy="no-referrer"/></p>`;
      }
    }
  };
  return many(blocks);
}

/** What stands for a picture that a format can't hold. */
export function pictureName(alt: string): string {
  return alt.trim() === "" ? "[Picture]" : `[Picture: ${alt.trim()}]`;
}

function tableMarkup({ aligns, rows }: Extract<Block, { kind: "table" }>): string {
  const row = (tag: "th" | "td", cells: readonly (readonly Run[])[]) =>
    `<tr>${cells
      .map((runs, column) => {
        const align = aligns[column];
        return `<${tag}${align ? ` class="${align}"` : ""}>${inlineMarkup(runs)}</${tag}>`;
      })
      .join("")}</tr>`;
  const [head = [], ...body] = rows;
  const tbody =
    body.length === 0 ? "" : `\n<tbody>\n${body.map((cells) => row("td", cells)).join("\n")}\n</tbody>`;
  return `<table>\n<thead>\n${row("th", head)}\n</thead>${tbody}\n</table>`;
}

function inlineMarkup(runs: readonly Run[]): string {
  return runs.length === 1 && runs[0] !== undefined && Object.keys(runs[0]).length === 1
    ? textMarkup(textOf(runs))
    : nestedMarkup(nestRuns(runs));
}

function nestedMarkup(nested: readonly Nested[]): string {
  return nested
    .map((node) => {
      if (node.kind === "text") return textMarkup(node.text);
      const inner = nestedMarkup(node.inner);
      if (node.look !== "link") return `<${TAGS[node.look]}>${inner}</${TAGS[node.look]}>`;
      return `<a href="${escapeMarkup(node.target)}" rel="noopener nofollow">${inner}</a>`;
    })
    .join("");
}

function textMarkup(text: string): string {
  return escapeMarkup(text).replaceAll("\n", "<br/>\n");
}
