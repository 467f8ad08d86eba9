import "server-only";
import PDFDocument from "pdfkit";
import { type Block, chapterLevel, type ExportDocument, textOf } from "./document";
import type { FontShelf } from "./fonts";
import { PdfBlocks } from "./pdf-blocks";
import { INK, PAGE, PdfCanvas, SOFT } from "./pdf-canvas";
import { LEADING, MARGIN, PdfFlow, type Place, ROOM, TEXT_SIZE } from "./pdf-flow";
import { PdfStructure, type TagType } from "./pdf-structure";
import { WordShaper } from "./pdf-words";

const HEADING_SIZES = [17, 14, 12, 11, 10.5, 10.5];
const CONTENTS_HEIGHT = 20;
/** A text of more parts is no book, and each costs as much as its line: it goes without tags. */
const MOST_TAGS = 40_000;

/**
 * A document as PDF: text that can be searched, copied and listened to, links, bookmarks, and for chapters a list of
 * contents.
 */
export async function renderPdf(document: ExportDocument, fonts: FontShelf): Promise<Uint8Array> {
  const changed = new Date(document.changedAt);
  const { title, author, label, language } = document;
  const pdf = new PdfFile({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    bufferPages: true,
    // The first page's font is ours as every other; a standard one would have to be read from a file.
    font: null as unknown as string,
    ...(language === "und" ? {} : { lang: language }),
    displayTitle: true,
    pdfVersion: "1.7",
    info: {
      ...{ Title: title, Creator: "Penora", Producer: "Penora", CreationDate: changed, ModDate: changed },
      ...(author === "" ? {} : { Author: author }),
      ...(label === null ? {} : { Subject: label }),
    },
  });
  new PdfBook(document, pdf, fonts).draw();
  return new Uint8Array(Buffer.concat(await pdf.finish()));
}

/** A document that keeps what it writes: a stream would copy each of a book's hundred thousand pieces. */
class PdfFile extends PDFDocument {
  // Not set here: the document writes its first piece while it is made.
  declare private chunks: Uint8Array[] | undefined;
  declare private whole: (() => void) | undefined;

  override push(chunk: Uint8Array | null): boolean {
    if (chunk === null) this.whole?.();
    else (this.chunks ??= []).push(chunk);
    return true;
  }

  /** Ends the document. A picture that can be seen through is unpacked aside, and waited for. */
  finish(): Promise<Uint8Array[]> {
    return new Promise((resolve, reject) => {
      this.whole = () => resolve(this.chunks ?? []);
      this.once("error", reject);
      this.end();
    });
  }
}

class PdfBook {
  private readonly chapters: { title: string; page: number; top: number }[] = [];
  /** The bookmarks that a deeper heading may belong to, the deepest last. */
  private readonly bookmarks: { level: number; item: PDFKit.PDFOutline }[] = [];
  private readonly highest: number;
  private readonly canvas: PdfCanvas;
  private readonly flow: PdfFlow;
  private readonly page: Place;

  constructor(
    private readonly book: ExportDocument,
    private readonly pdf: PDFKit.PDFDocument,
    fonts: FontShelf,
  ) {
    this.highest = chapterLevel(book.blocks) ?? 1;
    const shaper = new WordShaper(pdf, fonts);
    const structure = countParts(book.blocks) > MOST_TAGS ? null : new PdfStructure(pdf);
    this.canvas = new PdfCanvas(pdf, shaper, structure);
    this.flow = new PdfFlow(this.canvas, shaper);
    const tag = structure?.document ?? null;
    this.page = { left: MARGIN.side, right: PAGE.width - MARGIN.side, bars: [], tag };
  }

  draw(): void {
    const count = this.book.blocks.filter((one) => this.isChapter(one)).length;
    const listed = this.book.hasChapters && count > 1 ? count : 0;
    this.titlePart(listed > 0);
    const contents = this.reserveContents(listed);
    new PdfBlocks(this.flow, (block, place) => this.heading(block, place)).all(this.book.blocks, this.page);
    if (listed > 0) this.fillContents(contents);
    this.canvas.end();
  }

  private isChapter(block: Block): boolean {
    return block.kind === "heading" && block.level === this.highest;
  }

  private titlePart(onItsOwnPage: boolean): void {
    const { title, author, label } = this.book;
    const { flow } = this;
    if (onItsOwnPage) flow.y = PAGE.height / 4;
    flow.text([{ text: title }], this.tagged("H1"), { size: 24, bold: true });
    flow.y += 6;
    if (author !== "") flow.text([{ text: author }], this.tagged("P"), { size: 12, color: SOFT });
    if (label !== null)
      flow.text([{ text: label }], this.tagged("P"), { size: 9.5, color: SOFT, italic: true });
    flow.y += 22;
    flow.started = false;
    if (onItsOwnPage) flow.newPage();
  }

  private heading(block: Extract<Block, { kind: "heading" }>, place: Place): void {
    const { flow } = this;
    const depth = Math.min(5, Math.max(0, block.level - this.highest));
    const size = HEADING_SIZES[depth] ?? TEXT_SIZE;
    const fresh = flow.y === MARGIN.top;
    if (this.isChapter(block) && this.book.hasChapters && !fresh && flow.started) flow.newPage();
    else if (!fresh) flow.y += size * 0.9;
    flow.need(size * LEADING + 3 * TEXT_SIZE * LEADING);
    const title = textOf(block.runs).replace(/\s+/g, " ").trim();
    if (this.isChapter(block)) this.chapters.push({ title, page: flow.page, top: flow.y });
    this.bookmark(block.level, title);
    // Below the title, which is the only heading of the first level.
    flow.text(block.runs, this.tagged(HEADING_TAGS[depth] ?? "H6", place), { size, bold: true });
    flow.y += size * 0.5;
  }

  private bookmark(level: number, title: string): void {
    while ((this.bookmarks.at(-1)?.level ?? 0) >= level) this.bookmarks.pop();
    const parent = this.bookmarks.at(-1)?.item ?? this.pdf.outline;
    // pdfkit counts from the right and the top edge.
    const options = { expanded: true, top: Math.max(0, this.flow.y - 12), left: PAGE.width };
    this.bookmarks.push({ level, item: parent.addItem(title, options) });
  }

  private reserveContents(entries: number): { first: number; perPage: number; tag: Place } {
    const perPage = Math.floor((ROOM - 40) / CONTENTS_HEIGHT);
    const first = this.flow.page;
    const tag = entries > 0 ? this.tagged("TOC") : this.page;
    for (let pages = Math.ceil(entries / perPage); pages > 0; pages--) this.flow.newPage();
    if (entries > 0) this.flow.started = false;
    return { first, perPage, tag };
  }

  private fillContents({ first, perPage, tag: place }: { first: number; perPage: number; tag: Place }): void {
    const { flow, canvas } = this;
    const [ink, soft] = [INK, SOFT].map((color) => ({ size: TEXT_SIZE, color }));
    if (ink === undefined || soft === undefined) return;
    const width = place.right - place.left;
    this.chapters.forEach(({ title, page, top }, nth) => {
      if (nth % perPage === 0) {
        canvas.switchTo(first + nth / perPage);
        flow.y = MARGIN.top;
        if (nth === 0) flow.text([{ text: "Contents" }], this.tagged("P", place), { size: 14, bold: true });
        flow.y = MARGIN.top + 36;
      }
      const { tag } = this.tagged("TOCI", place);
      const link = canvas.tag("Link", tag);
      const [name] = flow.lines([{ text: title }], width - 48, ink);
      const [number] = flow.lines([{ text: String(page + 1) }], 60, soft);
      if (name !== undefined) canvas.line(name, place.left, flow.y, ink, link);
      if (number !== undefined) canvas.line(number, place.right - number.width, flow.y, soft, link);
      canvas.goTo(page, top, { x: place.left, y: flow.y, width, height: CONTENTS_HEIGHT }, link);
      flow.y += CONTENTS_HEIGHT;
    });
  }

  private tagged(type: TagType, place: Place = this.page): Place {
    return { ...place, tag: this.canvas.tag(type, place.tag) };
  }
}

const HEADING_TAGS = ["H2", "H3", "H4", "H5", "H6", "H6"] as const;

/** About how many tags these blocks would be. */
function countParts(blocks: readonly Block[]): number {
  let parts = 0;
  for (const block of blocks) {
    parts += 1;
    if (block.kind === "quote") parts += countParts(block.blocks);
    if (block.kind === "list") for (const item of block.items) parts += 3 + countParts(item.blocks);
    if (block.kind === "table") parts += block.rows.reduce((sum, row) => sum + 1 + row.length, 0);
    if (block.kind === "paragraph") for (const { link } of block.runs) if (link !== undefined) parts += 2;
  }
  return parts;
}
