import "server-only";
import { type Block, type Chapter, chapterLevel, chaptersOf, type ExportDocument, textOf } from "./document";

/** A file of the book. */
export interface Part {
  readonly file: string;
  readonly title: string | null;
  readonly blocks: readonly Block[];
}

/** A line of the table of contents, and what stands below it. */
export interface Entry {
  readonly title: string;
  readonly href: string;
  readonly inner: Entry[];
}

/** Longer than this a file is cut between paragraphs: readers open one as a whole. */
const PART_CHARACTERS = 250_000;
/** Of more chapters than this, several share a file: each file is one that a reader opens, and a line of three lists. */
const MOST_FILES = 300;
const SHARED_CHARACTERS = 60_000;

/** The chapters, a file each; a very long one in pieces, of which the first carries its name; very many together. */
export function partsOf({ blocks }: ExportDocument): Part[] {
  const chapters = chaptersOf(blocks).map((chapter) => ({ ...chapter, size: sizeOf(chapter.blocks) }));
  const pieces = chapters.length > MOST_FILES ? together(chapters) : chapters.flatMap(cut);
  return pieces.map(({ title, blocks: inner }, nth) => ({
    title,
    blocks: inner,
    file: `text-${nth + 1}.xhtml`,
  }));
}

type Sized = Chapter & { readonly size: number };

function together(chapters: readonly Sized[]): Chapter[] {
  const pieces: { title: string | null; blocks: Block[] }[] = [];
  let size = Infinity;
  for (const chapter of chapters) {
    if (size + chapter.size > SHARED_CHARACTERS) {
      pieces.push({ title: chapter.title, blocks: [] });
      size = 0;
    }
    pieces.at(-1)?.blocks.push(...chapter.blocks);
    size += chapter.size;
  }
  return pieces.flatMap((piece) => cut({ ...piece, size: sizeOf(piece.blocks) }));
}

function cut(chapter: Sized): Chapter[] {
  if (chapter.size <= PART_CHARACTERS) return [chapter];
  const pieces: { title: string | null; blocks: Block[] }[] = [];
  let size = Infinity;
  for (const block of chapter.blocks) {
    if (size > PART_CHARACTERS) {
      pieces.push({ title: pieces.length === 0 ? chapter.title : null, blocks: [] });
      size = 0;
    }
    pieces.at(-1)?.blocks.push(block);
    size += sizeOf([block]);
  }
  return pieces;
}

/** About as much markup as it will be. */
function sizeOf(blocks: readonly Block[]): number {
  let size = 0;
  for (const block of blocks) {
    size += 20;
    if (block.kind === "heading" || block.kind === "paragraph")
      for (const { text, link } of block.runs) size += text.length + 20 + (link?.length ?? 0);
    else if (block.kind === "quote") size += sizeOf(block.blocks);
    else if (block.kind === "list") for (const item of block.items) size += 10 + sizeOf(item.blocks);
    else if (block.kind === "code") size += block.text.length;
    else if (block.kind === "table")
      for (const row of block.rows) for (const cell of row) size += textOf(cell).length + 20;
  }
  return size;
}

/** The headings of the book as a tree, and the name by which the nth heading of all is jumped to. */
export function contentsOf(parts: readonly Part[]): Entry[] {
  const top: Entry[] = [];
  const open: { level: number; entry: Entry }[] = [];
  let nth = 0;
  for (const { file, blocks } of parts) {
    blocks.forEach((block, at) => {
      if (block.kind === "heading") {
        const title = textOf(block.runs).replace(/\s+/g, " ").trim();
        const entry = { title, href: at === 0 ? file : `${file}#${headingId(nth)}`, inner: [] };
        while ((open.at(-1)?.level ?? 0) >= block.level) open.pop();
        (open.at(-1)?.entry.inner ?? top).push(entry);
        open.push({ level: block.level, entry });
      }
      nth += headingsIn(block);
    });
  }
  return top;
}

export function headingId(nth: number): string {
  return `heading-${nth + 1}`;
}

function headingsIn(block: Block): number {
  const count = (blocks: readonly Block[]) => blocks.reduce((sum, one) => sum + headingsIn(one), 0);
  if (block.kind === "heading") return 1;
  if (block.kind === "quote") return count(block.blocks);
  if (block.kind === "list") return block.items.reduce((sum, item) => sum + count(item.blocks), 0);
  return 0;
}

/** The level that counts as the highest in every file of the book. */
export function highestOf({ blocks }: ExportDocument): number {
  return chapterLevel(blocks) ?? 1;
}
