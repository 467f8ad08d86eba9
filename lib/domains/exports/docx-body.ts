import "server-only";
import { type Align, type Block, type ListItem, type PictureSource, type Run } from "./document";
import { BULLETS, CODE_RUN, DEEPEST_LEVEL, INDENT, LINK_RUN, type Numbering } from "./docx-styles";
import { escapeMarkup, pictureName } from "./markup";

/** Points at 96 dpi that the text of a page is wide and tall. */
const ROOM = { width: 600, height: 860 };
/** English metric units in such a point. */
const EMU = 9_525;
/** What stands around a text moves it in no further. */
const MOST_INDENTS = 12;

type Bytes = Extract<PictureSource, { kind: "bytes" }>;
type Heading = Extract<Block, { kind: "heading" }>;

interface Place {
  /** How many lists and quotations stand around it. */
  readonly depth: number;
  readonly quoted: boolean;
}

/** The text of a Word document, and what it refers to. */
export class WordBody {
  readonly numberings: Numbering[] = [];
  /** Addresses of links, and the names of pictures' files, each once, with the number it is called by. */
  readonly links = new Map<string, string>();
  readonly pictures = new Map<Bytes, { id: string; name: string }>();
  private drawings = 0;

  /** `heading` draws what a heading is, for it knows which of them begin chapters. */
  constructor(private readonly heading: (block: Heading, runs: string) => string) {}

  all(blocks: readonly Block[], place: Place = { depth: 0, quoted: false }): string {
    return blocks.map((block) => this.one(block, place)).join("");
  }

  private one(block: Block, place: Place): string {
    switch (block.kind) {
      case "heading":
        return this.heading(block, this.runs(block.runs));
      case "paragraph":
        return paragraph(this.runs(block.runs), styleOf(place));
      case "quote":
        return this.all(block.blocks, { depth: place.depth + 1, quoted: true });
      case "list":
        return this.list(block, place);
      case "code":
        return paragraph(this.runs([{ text: block.text }]), `<w:pStyle w:val="Code"/>${indent(place.depth)}`);
      case "table":
        // Two tables without a paragraph between them would be one, and a cell of a page must not end with one.
        return `${this.table(block)}<w:p/>`;
      case "rule":
        return paragraph("", '<w:pStyle w:val="Rule"/>');
      case "picture":
        return paragraph(this.picture(block), '<w:pStyle w:val="Picture"/>');
    }
  }

  private list({ start, items }: Extract<Block, { kind: "list" }>, place: Place): string {
    const level = Math.min(DEEPEST_LEVEL, place.depth);
    const id = start === null ? BULLETS : this.numberings.push({ level, start }) + BULLETS;
    const number = `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${id}"/></w:numPr>`;
    const left = Math.min(place.depth + 1, MOST_INDENTS) * INDENT;
    const look = `<w:pStyle w:val="ListParagraph"/>${number}<w:ind w:left="${left}" w:hanging="360"/>`;
    return items.map((item) => this.item(item, look, place)).join("");
  }

  private item({ checked, blocks }: ListItem, look: string, place: Place): string {
    const [first, ...rest] = blocks;
    const mark: Run[] = checked === null ? [] : [{ text: checked ? "☑ " : "☐ " }];
    const inner = { ...place, depth: place.depth + 1 };
    if (first?.kind !== "paragraph") return paragraph(this.runs(mark), look) + this.all(blocks, inner);
    return paragraph(this.runs([...mark, ...first.runs]), look) + this.all(rest, inner);
  }

  private table({ aligns, rows }: Extract<Block, { kind: "table" }>): string {
    const columns = Math.max(1, ...rows.map((row) => row.length));
    const grid = `<w:gridCol w:w="${Math.floor(9_000 / columns)}"/>`.repeat(columns);
    const side = (name: string) => `<w:${name} w:val="single" w:sz="4" w:space="0" w:color="B3A99C"/>`;
    const borders = ["top", "left", "bottom", "right", "insideH", "insideV"].map(side).join("");
    const looks = Array.from({ length: columns }, (_none, column) => alignment(aligns[column]));
    const drawn = rows.map((row, nth) => {
      const style = `<w:pStyle w:val="${nth === 0 ? "TableHead" : "TableText"}"/>`;
      const cells = looks.map(
        (look, column) => `<w:tc>${paragraph(this.runs(row[column] ?? []), style + look)}</w:tc>`,
      );
      return `<w:tr>${nth === 0 ? "<w:trPr><w:tblHeader/></w:trPr>" : ""}${cells.join("")}</w:tr>`;
    });
    return `<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${borders}</w:tblBorders></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${drawn.join("")}</w:tbl>`;
  }

  /** Stretches of text, each with its look; links lead where they are told to. */
  runs(runs: readonly Run[]): string {
    let xml = "";
    for (const run of runs) {
      const text = textXml(run.text);
      if (text === "") continue;
      const look = lookOf(run);
      const drawn = look === "" ? `<w:r>${text}</w:r>` : `<w:r><w:rPr>${look}</w:rPr>${text}</w:r>`;
      xml +=
        run.link === undefined
          ? drawn
          : `<w:hyperlink r:id="${this.linkTo(run.link)}">${drawn}</w:hyperlink>`;
    }
    return xml;
  }

  private linkTo(url: string): string {
    let id = this.links.get(url);
    if (id === undefined) this.links.set(url, (id = `link${this.links.size + 1}`));
    return id;
  }

  private picture({ alt, source }: Extract<Block, { kind: "picture" }>): string {
    if (source.kind !== "bytes" || source.format === "webp")
      return this.runs([{ text: pictureName(alt), italic: true }]);
    let picture = this.pictures.get(source);
    if (picture === undefined) {
      const nth = this.pictures.size + 1;
      picture = { id: `picture${nth}`, name: `media/${nth}.${source.format}` };
      this.pictures.set(source, picture);
    }
    const scale = Math.min(1, ROOM.width / source.width, ROOM.height / source.height) * EMU;
    const [cx, cy] = [source.width, source.height].map((side) => Math.max(EMU, Math.round(side * scale)));
    const id = ++this.drawings;
    const named = `id="${id}" name="Picture ${id}" descr="${escapeMarkup(alt).replaceAll("\n", " ")}"`;
    return `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${cx}" cy="${cy}"/><wp:docPr ${named}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr ${named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${picture.id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${cx}" cy="${cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
  }
}

export function paragraph(runs: string, look = ""): string {
  return look === "" ? `<w:p>${runs}</w:p>` : `<w:p><w:pPr>${look}</w:pPr>${runs}</w:p>`;
}

function styleOf({ depth, quoted }: Place): string {
  return `${quoted ? '<w:pStyle w:val="Quote"/>' : ""}${indent(depth)}`;
}

function indent(depth: number): string {
  return depth === 0 ? "" : `<w:ind w:left="${Math.min(depth, MOST_INDENTS) * INDENT}"/>`;
}

function alignment(align: Align | undefined): string {
  return align ? `<w:jc w:val="${align}"/>` : "";
}

/** In the order in which the format wants them. */
function lookOf({ bold, italic, strike, code, link }: Run): string {
  return `${link === undefined ? "" : LINK_RUN}${code ? CODE_RUN : ""}${bold ? "<w:b/>" : ""}${italic ? "<w:i/>" : ""}${strike ? "<w:strike/>" : ""}`;
}

const SIGNS: Readonly<Record<string, string>> = {
  "\n": "<w:br/>",
  "\t": "<w:tab/>",
  "\u00ad": "<w:softHyphen/>",
};

function textXml(text: string): string {
  if (!/[\n\t\u00ad]/.test(text)) return text === "" ? "" : wordsXml(text);
  return text
    .split(/([\n\t\u00ad])/)
    .map((part) => SIGNS[part] ?? (part === "" ? "" : wordsXml(part)))
    .join("");
}

function wordsXml(text: string): string {
  return `<w:t xml:space="preserve">${escapeMarkup(text)}</w:t>`;
}
