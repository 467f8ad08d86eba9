import "server-only";
import type { PictureFormat } from "@/lib/contract/picture";

/** A text as every format sees it: made once, drawn by each in its own way. Holds no HTML and no unsafe address. */
export interface ExportDocument {
  readonly title: string;
  readonly author: string;
  /** BCP 47; `und` where nobody said and the letters don't tell. */
  readonly language: string;
  /** Who wrote it, where that was no person and no model: stands in every file. */
  readonly label: string | null;
  /** Chapters begin on pages of their own, and are listed before the text. */
  readonly hasChapters: boolean;
  /** ISO 8601 in UTC. */
  readonly changedAt: string;
  /** The project's code: the same project is the same book. */
  readonly code: string;
  readonly blocks: readonly Block[];
}

export type Align = "left" | "center" | "right" | null;

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly runs: readonly Run[] }
  | { readonly kind: "paragraph"; readonly runs: readonly Run[] }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | {
      readonly kind: "list";
      /** The number of the first item, null where the items have none. */
      readonly start: number | null;
      readonly items: readonly ListItem[];
    }
  | { readonly kind: "code"; readonly text: string }
  | {
      readonly kind: "table";
      readonly aligns: readonly Align[];
      /** The first row is the head. */
      readonly rows: readonly (readonly (readonly Run[])[])[];
    }
  | { readonly kind: "rule" }
  | { readonly kind: "picture"; readonly alt: string; readonly source: PictureSource };

export interface ListItem {
  /** A task that is done or open; null where it is none. */
  readonly checked: boolean | null;
  readonly blocks: readonly Block[];
}

/** A picture with its bytes; on a page also one with an address, which only a reader's browser fetches. */
export type PictureSource =
  | {
      readonly kind: "bytes";
      readonly format: PictureFormat;
      readonly bytes: Uint8Array;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: "address"; readonly url: string };

/** A stretch of text in one look. A line break is the text `\n`. */
export interface Run {
  readonly text: string;
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
  /** http(s) or mailto. */
  readonly link?: string;
}

/** The text of runs without their look. */
export function textOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join("");
}

/** Every stretch of text of a document. */
export function* textsOf(blocks: readonly Block[]): Generator<string> {
  for (const block of blocks) {
    switch (block.kind) {
      case "heading":
      case "paragraph":
        yield textOf(block.runs);
        break;
      case "quote":
        yield* textsOf(block.blocks);
        break;
      case "list":
        for (const { blocks: inner } of block.items) yield* textsOf(inner);
        break;
      case "code":
        yield block.text;
        break;
      case "table":
        for (const row of block.rows) for (const cell of row) yield textOf(cell);
        break;
      case "picture":
        yield block.alt;
        break;
      case "rule":
        break;
    }
  }
}

/** The level of headings that begin chapters, or null where the text has no headings. */
export function chapterLevel(blocks: readonly Block[]): number | null {
  const levels = blocks.flatMap((block) => (block.kind === "heading" ? [block.level] : []));
  return levels.length === 0 ? null : Math.min(...levels);
}

export interface Chapter {
  /** Null for what stands before the first heading. */
  readonly title: string | null;
  readonly blocks: readonly Block[];
}

/** The text cut before each heading of the highest level that it has. */
export function chaptersOf(blocks: readonly Block[]): Chapter[] {
  const level = chapterLevel(blocks);
  const chapters: { title: string | null; blocks: Block[] }[] = [];
  for (const block of blocks) {
    const begins = block.kind === "heading" && block.level === level;
    if (begins) chapters.push({ title: textOf(block.runs).trim() || null, blocks: [block] });
    else if (chapters.length === 0) chapters.push({ title: null, blocks: [block] });
    else chapters.at(-1)?.blocks.push(block);
  }
  return chapters;
}
