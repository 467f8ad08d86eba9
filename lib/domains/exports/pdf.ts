import "server-only";
import PDFDocument from "pdfkit";
import {
  type Block,
  chapterLevel,
  type ExportDocument,
  type ListItem,
  type PictureSource,
  type Run,
  textOf,
} from "./document";
import type { FontShelf } from "./fonts";
import { pictureName } from "./markup";
import { type Line, Typesetter } from "./pdf-lines";
import { isSoundPng } from "./picture-bytes";

/** A4, in points. */
const PAGE = { width: 595.28, height: 841.89 };
const MARGIN = { side: 76, top: 72, bottom: 80 };
const TEXT_SIZE = 10.5;
const LEADING = 1.45;
const HEADING_SIZES = [17, 14, 12, 11, 10.5, 10.5];
const INK = "#1c1917";
const SOFT = "#6b6259";
const LINK = "#8a1c1c";
const BOTTOM = PAGE.height - MARGIN.bottom;

/** Where a block stands: between these two, with a bar at `bars` for each quotation around it. */
interface Place {
  readonly left: number;
  readonly right: number;
  readonly bars: readonly number[];
}

/** A document as PDF: text that can be searched and copied, links, bookmarks, and for chapters a list of contents. */
export async function renderPdf(document: ExportDocument, fonts: FontShelf): Promise<Uint8Array> {
  return new PdfBook(document, fonts).render();
}

class PdfBook {
  private readonly pdf: PDFKit.PDFDocument;
  private readonly set: Typesetter;
  private readonly chapters: { title: string; page: number; anchor: string }[] = [];
  private readonly highest: number;
  private page = 0;
  private y = MARGIN.top;

  constructor(
    private readonly book: ExportDocument,
    fonts: FontShelf,
  ) {
    const changed = new Date(book.changedAt);
    this.highest = chapterLevel(book.blocks) ?? 1;
    this.pdf = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      bufferPages: true,
      // The first page's font is ours as every other; a standard one would have to be read from a file.
      font: null as unknown as string,
      lang: book.language,
      displayTitle: true,
      pdfVersion: "1.7",
      info: {
        ...{
          Title: book.title,
          Creator: "Penora",
          Producer: "Penora",
          CreationDate: changed,
          ModDate: changed,
        },
        ...(book.author === "" ? {} : { Author: book.author }),
        ...(book.label === null ? {} : { Subject: book.label }),
      },
    });
    this.set = new Typesetter(this.pdf, fonts);
  }

  async render(): Promise<Uint8Array> {
    const chunks: Buffer[] = [];
    const done = new Promise<void>((resolve, reject) => {
      this.pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
      this.pdf.once("end", resolve);
      this.pdf.once("error", reject);
    });
    const count = this.book.blocks.filter((one) => this.isChapter(one)).length;
    const listed = this.book.hasChapters && count > 1 ? count : 0;
    this.titlePart(listed > 0);
    const contents = this.reserveContents(listed);
    this.blocks(this.book.blocks, { left: MARGIN.side, right: PAGE.width - MARGIN.side, bars: [] });
    this.fillContents(contents);
    this.numberPages();
    this.pdf.end();
    await done;
    return new Uint8Array(Buffer.concat(chunks));
  }

  private isChapter(block: Block): boolean {
    return block.kind === "heading" && block.level === this.highest;
  }

  private titlePart(onItsOwnPage: boolean): void {
    const { title, author, label } = this.book;
    const place = { left: MARGIN.side, right: PAGE.width - MARGIN.side, bars: [] };
    if (onItsOwnPage) this.y = PAGE.height / 4;
    this.text([{ text: title }], place, { size: 24, bold: true });
    this.y += 6;
    if (author !== "") this.text([{ text: author }], place, { size: 12, color: SOFT });
    if (label !== null) this.text([{ text: label }], place, { size: 9.5, color: SOFT, italic: true });
    this.y += 22;
    if (onItsOwnPage) this.newPage();
  }

  private blocks(blocks: readonly Block[], place: Place): void {
    for (const block of blocks) this.block(block, place);
  }

  private block(block: Block, place: Place): void {
    switch (block.kind) {
      case "heading":
        return this.heading(block, place);
      case "paragraph":
        this.text(block.runs, place);
        this.y += 7;
        return;
      case "quote":
        return this.blocks(block.blocks, {
          ...place,
          left: place.left + 16,
          bars: [...place.bars, place.left + 4],
        });
      case "list":
        block.items.forEach((item, nth) =>
          this.item(item, block.start === null ? null : block.start + nth, place),
        );
        this.y += 3;
        return;
      case "code":
        this.text([{ text: block.text, code: true }], place, { size: 9 });
        this.y += 8;
        return;
      case "table":
        return this.table(block, place);
      case "rule":
        this.need(30);
        this.pdf.moveTo(PAGE.width / 2 - 40, this.y + 10).lineTo(PAGE.width / 2 + 40, this.y + 10);
        this.pdf.lineWidth(0.5).stroke(SOFT);
        this.y += 28;
        return;
      case "picture":
        return this.picture(block, place);
    }
  }

  private heading(block: Extract<Block, { kind: "heading" }>, place: Place): void {
    const depth = Math.min(5, Math.max(0, block.level - this.highest));
    const size = HEADING_SIZES[depth] ?? TEXT_SIZE;
    const chapter = this.isChapter(block) && this.book.hasChapters;
    const fresh = this.y === MARGIN.top;
    if (chapter && !fresh && this.started) this.newPage();
    else if (!fresh) this.y += size * 0.9;
    this.need(size * LEADING + 3 * TEXT_SIZE * LEADING);
    if (this.isChapter(block)) {
      const title = textOf(block.runs).replace(/\s+/g, " ").trim();
      const anchor = `chapter-${this.chapters.length + 1}`;
      this.chapters.push({ title, page: this.page, anchor });
      this.pdf.addNamedDestination(anchor, "XYZ", 0, this.y, null);
      this.pdf.outline.addItem(title);
    }
    this.text(block.runs, place, { size, bold: true });
    this.y += size * 0.5;
  }

  /** False while only the title stands on the first page. */
  private started = false;

  private item({ checked, blocks }: ListItem, number: number | null, place: Place): void {
    const mark = checked === null ? (number === null ? "•" : `${number}.`) : checked ? "☑" : "☐";
    const [line] = this.set.lines([{ text: mark }], TEXT_SIZE, PAGE.width);
    const width = Math.max(16, (line?.width ?? 0) + 6);
    this.need(TEXT_SIZE * LEADING);
    if (line !== undefined) this.drawLine(line, place.left, this.y, { size: TEXT_SIZE, color: SOFT });
    const [page, y] = [this.page, this.y];
    this.blocks(blocks, { ...place, left: Math.min(place.left + width, place.right - 60) });
    // An item without a text is a line all the same.
    if (this.page === page && this.y === y) this.y += TEXT_SIZE * LEADING;
    else this.y -= 4;
  }

  private text(runs: readonly Run[], place: Place, look: Partial<Look> = {}): void {
    const full = { size: TEXT_SIZE, color: INK, ...look };
    const height = full.size * LEADING;
    for (const line of this.set.lines(runs, full.size, Math.max(40, place.right - place.left), look)) {
      this.need(height);
      for (const bar of place.bars) {
        this.pdf
          .moveTo(bar, this.y)
          .lineTo(bar, this.y + height)
          .lineWidth(1.5)
          .stroke("#cdc4b8");
      }
      this.drawLine(line, place.left, this.y, full);
      this.y += height;
      this.started = true;
    }
  }

  private drawLine(line: Line, left: number, top: number, { size, color }: Look): void {
    const baseline = top + size * 1.08;
    let x = left;
    for (const { text, face, run, width } of line.pieces) {
      this.set.use(face, size);
      this.pdf.fillColor(run.link === undefined ? color : LINK);
      this.pdf.text(text, x, baseline, {
        lineBreak: false,
        baseline: "alphabetic",
        ...(run.link === undefined ? {} : { link: run.link }),
      });
      if (run.strike) {
        const middle = baseline - size * 0.28;
        this.pdf
          .moveTo(x, middle)
          .lineTo(x + width, middle)
          .lineWidth(size / 16)
          .stroke(color);
      }
      x += width;
    }
  }

  private table({ rows, aligns }: Extract<Block, { kind: "table" }>, place: Place): void {
    const columns = Math.max(1, ...rows.map((row) => row.length));
    const width = (place.right - place.left) / columns;
    const [size, pad] = [9.5, 4];
    const height = size * LEADING;
    rows.forEach((row, nth) => {
      const look = { size, color: INK, ...(nth === 0 ? { bold: true } : {}) };
      const cells = row.map((runs) => this.set.lines(runs, size, width - 2 * pad, look));
      const tall = Math.max(1, ...cells.map((lines) => lines.length)) * height + 2 * pad;
      // Where a row finds no room on a page, or a column none for words, its cells stand one below the other.
      if (width < 56 || tall > BOTTOM - MARGIN.top) {
        for (const runs of row) this.text(runs, place, look);
      } else {
        this.need(tall);
        cells.forEach((lines, column) =>
          lines.forEach((line, at) => {
            const spare = width - 2 * pad - line.width;
            const align = aligns[column];
            const indent = align === "right" ? spare : align === "center" ? spare / 2 : 0;
            const left = place.left + column * width + pad + indent;
            this.drawLine(line, left, this.y + pad + at * height, look);
          }),
        );
        this.y += tall;
      }
      this.pdf.moveTo(place.left, this.y).lineTo(place.right, this.y);
      this.pdf.lineWidth(nth === 0 ? 0.9 : 0.4).stroke("#b3a99c");
    });
    this.started = true;
    this.y += 12;
  }

  private picture({ alt, source }: Extract<Block, { kind: "picture" }>, place: Place): void {
    const drawable =
      source.kind === "bytes" &&
      (source.format === "jpeg" || (source.format === "png" && isSoundPng(source.bytes)));
    if (drawable && this.drawPicture(source, place)) return;
    this.text([{ text: pictureName(alt) }], place, { italic: true, color: SOFT });
    this.y += 7;
  }

  /** False where its bytes turn out to be no picture. */
  private drawPicture(source: Extract<PictureSource, { kind: "bytes" }>, place: Place): boolean {
    const room = { width: place.right - place.left, height: BOTTOM - MARGIN.top };
    // A point of a picture is no larger than one of a screen, and a picture no larger than its page.
    const scale = Math.min(0.75, room.width / source.width, room.height / source.height);
    const [width, height] = [source.width * scale, source.height * scale];
    this.need(height);
    try {
      this.pdf.image(Buffer.from(source.bytes), place.left + (room.width - width) / 2, this.y, {
        width,
        height,
      });
    } catch {
      return false;
    }
    this.started = true;
    this.y += height + 12;
    return true;
  }

  private need(height: number): void {
    if (this.y + height > BOTTOM && this.y > MARGIN.top) this.newPage();
  }

  private newPage(): void {
    this.pdf.addPage();
    this.page += 1;
    this.y = MARGIN.top;
  }

  private reserveContents(entries: number): { first: number; perPage: number } {
    const perPage = Math.floor((BOTTOM - MARGIN.top - 40) / CONTENTS_HEIGHT);
    const first = this.page;
    for (let pages = Math.ceil(entries / perPage); pages > 0; pages--) this.newPage();
    if (entries > 0) this.started = false;
    return { first, perPage };
  }

  private fillContents({ first, perPage }: { first: number; perPage: number }): void {
    if (this.page === 0 || !this.book.hasChapters || this.chapters.length < 2) return;
    const place = { left: MARGIN.side, right: PAGE.width - MARGIN.side, bars: [] };
    this.chapters.forEach(({ title, page, anchor }, nth) => {
      if (nth % perPage === 0) {
        this.pdf.switchToPage(first + nth / perPage);
        this.y = MARGIN.top;
        if (nth === 0) this.text([{ text: "Contents" }], place, { size: 14, bold: true });
        this.y = MARGIN.top + 36;
      }
      const [number] = this.set.lines([{ text: String(page + 1) }], TEXT_SIZE, 60);
      const room = place.right - place.left - 48;
      const lines = this.set.lines([{ text: title }], TEXT_SIZE, room);
      if (lines[0] !== undefined)
        this.drawLine(lines[0], place.left, this.y, { size: TEXT_SIZE, color: INK });
      const look = { size: TEXT_SIZE, color: SOFT };
      if (number !== undefined) this.drawLine(number, place.right - number.width, this.y, look);
      this.pdf.goTo(place.left, this.y, place.right - place.left, CONTENTS_HEIGHT, anchor);
      this.y += CONTENTS_HEIGHT;
    });
  }

  private numberPages(): void {
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 1; page < count; page++) {
      this.pdf.switchToPage(page);
      const [line] = this.set.lines([{ text: String(page + 1) }], 9, 100);
      if (line === undefined) continue;
      this.drawLine(line, (PAGE.width - line.width) / 2, PAGE.height - 52, { size: 9, color: SOFT });
    }
  }
}

const CONTENTS_HEIGHT = 20;

interface Look {
  readonly size: number;
  readonly color: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
}
