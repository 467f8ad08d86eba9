import "server-only";
import {
  AlignmentType,
  BookmarkStart,
  BookmarkEnd,
  BorderStyle,
  Document,
  ExternalHyperlink,
  HeadingLevel,
  ImageRun,
  InternalHyperlink,
  type INumberingOptions,
  LevelFormat,
  Packer,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import {
  type Align,
  type Block,
  chapterLevel,
  chaptersOf,
  type ExportDocument,
  type ListItem,
  type Run,
} from "./document";
import { pictureName } from "./markup";

type Part = Paragraph | Table;

const INDENT = 500;
/** Points at 96 dpi that the text of a page is wide and tall. */
const ROOM = { width: 600, height: 860 };
const LEVELS = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
] as const;
const MONO = "Courier New";

interface Place {
  /** How many lists and quotations stand around it. */
  readonly depth: number;
  readonly quoted: boolean;
}

/** A document for word processors: real headings, lists and tables, links that work, and for chapters a list of contents. */
export async function renderDocx(document: ExportDocument): Promise<Uint8Array> {
  return new WordBook(document).render();
}

class WordBook {
  private readonly highest: number;
  private readonly numberings: INumberingOptions["config"][number][] = [];
  private headings = 0;
  private chapters = 0;

  constructor(private readonly book: ExportDocument) {
    this.highest = chapterLevel(book.blocks) ?? 1;
  }

  async render(): Promise<Uint8Array> {
    const { title, author, label, language } = this.book;
    const children: Part[] = [
      new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
      ...(author === "" ? [] : [new Paragraph({ style: "Byline", text: author })]),
      ...(label === null ? [] : [new Paragraph({ style: "Byline", text: label })]),
      ...this.contents(),
      ...this.parts(this.book.blocks, { depth: 0, quoted: false }),
    ];
    const word = new Document({
      title,
      creator: author === "" ? "Penora" : author,
      ...(label === null ? {} : { description: label }),
      numbering: { config: this.numberings },
      styles: {
        default: {
          document: {
            run: {
              font: "Georgia",
              size: 22,
              ...(language === "und" ? {} : { language: { value: language } }),
            },
          },
          title: { run: { size: 48, bold: true }, paragraph: { spacing: { after: 120 } } },
        },
        paragraphStyles: [
          {
            ...{ id: "Byline", name: "Byline", basedOn: "Normal", run: { color: "6B6259" } },
            paragraph: { spacing: { after: 200 } },
          },
          { id: "Code", name: "Code", basedOn: "Normal", run: { font: MONO, size: 18 } },
        ],
      },
      sections: [{ children }],
    });
    return new Uint8Array(await Packer.toBuffer(word));
  }

  /** Links to the chapters, which every reader shows; a field would be empty until somebody updates it. */
  private contents(): Paragraph[] {
    const chapters = chaptersOf(this.book.blocks).filter(({ title }) => title !== null);
    if (!this.book.hasChapters || chapters.length < 2) return [];
    return chapters.map(
      ({ title }, nth) =>
        new Paragraph({
          children: [
            new InternalHyperlink({
              anchor: `chapter_${nth + 1}`,
              children: [new TextRun({ text: (title ?? "").replace(/\s+/g, " "), style: "Hyperlink" })],
            }),
          ],
        }),
    );
  }

  private parts(blocks: readonly Block[], place: Place): Part[] {
    return blocks.flatMap((block) => this.part(block, place));
  }

  private part(block: Block, place: Place): Part[] {
    switch (block.kind) {
      case "heading":
        return [this.heading(block)];
      case "paragraph":
        return [this.paragraph(block.runs, place)];
      case "quote":
        return this.parts(block.blocks, { depth: place.depth + 1, quoted: true });
      case "list":
        return this.list(block, place);
      case "code":
        return [
          new Paragraph({
            style: "Code",
            spacing: { after: 160 },
            children: runsOf([{ text: block.text, code: true }]),
          }),
        ];
      case "table":
        return [tableOf(block), new Paragraph({})];
      case "rule":
        return [
          new Paragraph({
            spacing: { before: 160, after: 240 },
            border: { bottom: { style: BorderStyle.SINGLE, size: 4, space: 1, color: "B3A99C" } },
          }),
        ];
      case "picture":
        return [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 160 },
            children: [pictureOf(block)],
          }),
        ];
    }
  }

  private heading(block: Extract<Block, { kind: "heading" }>): Paragraph {
    const depth = Math.min(5, Math.max(0, block.level - this.highest));
    const isChapter = block.level === this.highest;
    const runs = runsOf(block.runs);
    const id = ++this.headings;
    const marked: ParagraphChild[] = isChapter
      ? [new BookmarkStart(`chapter_${++this.chapters}`, id), ...runs, new BookmarkEnd(id)]
      : runs;
    const heading = LEVELS[depth] ?? HeadingLevel.HEADING_6;
    const breaks = isChapter && this.book.hasChapters;
    return new Paragraph({
      heading,
      children: marked,
      pageBreakBefore: breaks,
      spacing: { before: 300, after: 160 },
    });
  }

  private paragraph(runs: readonly Run[], { depth, quoted }: Place): Paragraph {
    return new Paragraph({
      children: runsOf(runs),
      spacing: { after: 160, line: 320 },
      ...(depth === 0 ? {} : { indent: { left: depth * INDENT } }),
      ...(quoted
        ? { border: { left: { style: BorderStyle.SINGLE, size: 12, space: 8, color: "CDC4B8" } } }
        : {}),
    });
  }

  private list(block: Extract<Block, { kind: "list" }>, place: Place): Part[] {
    const level = Math.min(8, place.depth);
    const reference = `list-${this.numberings.length + 1}`;
    const ordered = block.start !== null;
    this.numberings.push({
      reference,
      levels: [
        {
          level,
          format: ordered ? LevelFormat.DECIMAL : LevelFormat.BULLET,
          text: ordered ? `%${level + 1}.` : "•",
          start: block.start ?? 1,
          style: { paragraph: { indent: { left: (place.depth + 1) * INDENT, hanging: 360 } } },
        },
      ],
    });
    return block.items.flatMap((item) => this.item(item, { reference, level }, place));
  }

  private item(
    { checked, blocks }: ListItem,
    numbering: { reference: string; level: number },
    place: Place,
  ): Part[] {
    const inner = { ...place, depth: place.depth + 1 };
    const [first, ...rest] = blocks;
    const mark: Run[] = checked === null ? [] : [{ text: checked ? "☑ " : "☐ " }];
    const runs = first?.kind === "paragraph" ? [...mark, ...first.runs] : mark;
    const begin = new Paragraph({ children: runsOf(runs), numbering, spacing: { after: 60, line: 300 } });
    return [begin, ...this.parts(first === undefined || first.kind === "paragraph" ? rest : blocks, inner)];
  }
}

function runsOf(runs: readonly Run[]): ParagraphChild[] {
  return runs.flatMap((run): ParagraphChild[] => {
    const made = run.text.split("\n").map(
      (text, line) =>
        new TextRun({
          text,
          ...(line === 0 ? {} : { break: 1 }),
          ...(run.bold ? { bold: true } : {}),
          ...(run.italic ? { italics: true } : {}),
          ...(run.strike ? { strike: true } : {}),
          ...(run.code ? { font: MONO } : {}),
          ...(run.link ? { style: "Hyperlink" } : {}),
        }),
    );
    return run.link === undefined ? made : [new ExternalHyperlink({ link: run.link, children: made })];
  });
}

const ALIGNMENTS = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
} as const;

function tableOf({ aligns, rows }: Extract<Block, { kind: "table" }>): Table {
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const alignmentOf = (align: Align | undefined) => (align ? { alignment: ALIGNMENTS[align] } : {});
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    columnWidths: Array.from({ length: columns }, () => Math.floor(9000 / columns)),
    rows: rows.map(
      (cells, nth) =>
        new TableRow({
          tableHeader: nth === 0,
          children: Array.from({ length: columns }, (_none, column) => {
            const runs = (cells[column] ?? []).map((run) =>
              nth === 0 ? { ...run, bold: true as const } : run,
            );
            return new TableCell({
              children: [new Paragraph({ children: runsOf(runs), ...alignmentOf(aligns[column]) })],
            });
          }),
        }),
    ),
  });
}

const DOCX_TYPES = { png: "png", jpeg: "jpg", gif: "gif", webp: null } as const;

function pictureOf({ alt, source }: Extract<Block, { kind: "picture" }>): ParagraphChild {
  const type = source.kind === "bytes" ? DOCX_TYPES[source.format] : null;
  if (source.kind !== "bytes" || type === null) return new TextRun({ text: pictureName(alt), italics: true });
  const scale = Math.min(1, ROOM.width / source.width, ROOM.height / source.height);
  const transformation = {
    width: Math.max(1, Math.round(source.width * scale)),
    height: Math.max(1, Math.round(source.height * scale)),
  };
  return new ImageRun({
    type,
    data: Buffer.from(source.bytes),
    transformation,
    altText: { name: alt || "Picture", description: alt, title: alt },
  });
}
