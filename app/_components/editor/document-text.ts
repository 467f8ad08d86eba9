import type { JSONContent } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { countText, describeCount, type TextCount } from "@/lib/contract/word-count";
import { blockToMarkdown } from "./markdown/block-to-markdown";

const LISTS = ["bulletList", "orderedList"];
const BETWEEN = "\n\n";

/**
 * The Markdown of a document, block by block. Blocks never change, they are replaced; so what was written or counted of
 * one is remembered, and a long text costs what was changed in it. A block that nobody touched keeps its own Markdown.
 */
export class DocumentText {
  readonly #sources = new WeakMap<Node, string>();
  readonly #written = new WeakMap<Node, string>();
  readonly #counts = new WeakMap<Node, Pick<TextCount, "words" | "characters">>();

  /** Notes the Markdown that the blocks of a document came from. */
  learn(document: Node, sources: readonly string[]): void {
    document.forEach((block, _offset, index) => {
      const source = sources[index];
      if (source !== undefined) this.#sources.set(block, source);
    });
  }

  /** All of it, without a line break at its end; empty where nothing was written. */
  markdownOf(document: Node): string {
    return this.#eachWritten(document, (markdown) => markdown).join(BETWEEN);
  }

  /** What `countText` says of its Markdown. */
  countOf(document: Node): TextCount {
    const counts = this.#eachWritten(document, (markdown, block) => {
      const known = this.#counts.get(block);
      if (known !== undefined) return known;
      const { words, characters } = countText(markdown);
      this.#counts.set(block, { words, characters });
      return { words, characters };
    });
    let words = 0;
    let characters = BETWEEN.length * Math.max(0, counts.length - 1);
    for (const count of counts) {
      words += count.words;
      characters += count.characters;
    }
    return describeCount({ words, characters });
  }

  /** The blocks in which something stands. */
  #eachWritten<T>(document: Node, take: (markdown: string, block: Node) => T): T[] {
    const taken: T[] = [];
    let before: { type: string; mark: string | null } = { type: "", mark: null };
    for (let index = 0; index < document.childCount; index++) {
      const block = document.child(index);
      const markdown = this.#write(block, before.type === block.type.name ? before.mark : null);
      if (markdown === "") continue;
      before = { type: block.type.name, mark: LISTS.includes(block.type.name) ? markOf(markdown) : null };
      taken.push(take(markdown, block));
    }
    return taken;
  }

  /** Two lists of a kind in a row are one, unless their marks differ: `taken` is the mark of the one before. */
  #write(block: Node, taken: string | null): string {
    const known = this.#sources.get(block) ?? this.#written.get(block);
    if (known !== undefined && (taken === null || markOf(known) !== taken)) return known;
    const json = block.toJSON() as JSONContent;
    const markdown = blockToMarkdown(json);
    if (taken !== null && markOf(markdown) === taken) return blockToMarkdown(json, true);
    this.#written.set(block, markdown);
    return markdown;
  }
}

/** The mark that a list's items have. */
function markOf(list: string): string | null {
  const [, bullet, point] = /^(?:([-*+])|\d+([.)]))/.exec(list) ?? [];
  return bullet ?? point ?? null;
}
