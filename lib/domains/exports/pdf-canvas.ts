import "server-only";
import type { Bytes } from "./picture-bytes";
import { round } from "./pdf-glyphs";
import type { Line } from "./pdf-lines";
import type { PdfStructure, Tag } from "./pdf-structure";
import type { WordShaper } from "./pdf-words";

/** A4, in points. */
export const PAGE = { width: 595.28, height: 841.89 };
export const INK = "#1c1917";
export const SOFT = "#6b6259";
const LINK = "#8a1c1c";

export interface Pen {
  readonly size: number;
  readonly color: string;
}

/**
 * The pages of a PDF. What is drawn is gathered as text and handed over page by page: through pdfkit's own `text` each
 * line would be laid out again, and be a dozen writes.
 */
export class PdfCanvas {
  private content: string[] = [];
  /** Rules, bars, page numbers: what nobody wants to hear. */
  private ornaments: string[] = [];
  private font = "";
  private color = "";
  private open: Tag | null = null;
  private readonly images = new Map<Bytes, unknown>();

  /** `structure` is null where a text has too many parts to tag them. */
  constructor(
    private readonly pdf: PDFKit.PDFDocument,
    private readonly shaper: WordShaper,
    readonly structure: PdfStructure | null,
  ) {}

  private get page(): InnerPage {
    return this.pdf.page; // its types leave out what a page is made of
  }

  newPage(): void {
    this.leave();
    this.pdf.addPage();
  }

  switchTo(page: number): void {
    this.leave();
    this.pdf.switchToPage(page);
  }

  tag(type: Tag["type"], parent: Tag | null, attributes?: Record<string, unknown>): Tag | null {
    return this.structure === null || parent === null ? null : this.structure.add(type, parent, attributes);
  }

  /** Draws a line of text; what belongs to no tag is an ornament, where the text is tagged at all. */
  line(line: Line, left: number, top: number, { size, color }: Pen, tag: Tag | null): void {
    const baseline = top + size * 1.08;
    let x = left;
    let links: Tag | null = null;
    let linked: unknown = null;
    const begin = () => out.push(`BT 1 0 0 -1 ${round(x)} ${round(baseline)} Tm`);
    const ornament = tag === null && this.structure !== null;
    const out = ornament ? this.ornaments : this.content;
    if (ornament) out.push("q");
    else this.mark(tag);
    begin();
    for (const { face, glyphs, run, width } of line.pieces) {
      const { link } = run;
      if (tag !== null && (link !== undefined || links !== null)) {
        if (link !== undefined && linked !== run) links = this.tag("Link", tag);
        if (link === undefined) links = null;
        linked = run;
        out.push("ET");
        this.mark(links ?? tag);
        begin();
      }
      const inner = this.shaper.fontOf(face);
      const font = `/${inner.id} ${size} Tf`;
      const fill = fillOf(link === undefined ? color : LINK);
      if (ornament || font !== this.font) {
        this.page.fonts[inner.id] ??= inner.ref();
        out.push(font);
      }
      if (ornament || fill !== this.color) out.push(fill);
      if (!ornament) [this.font, this.color] = [font, fill];
      out.push(`[${glyphs.replaceAll("><", "")}]TJ`);
      if (link !== undefined) this.link(link, { x, y: top, width, height: size * 1.3 }, links);
      if (run.strike === true) this.strike(x, baseline - size * 0.28, width, size / 16, color);
      x += width;
    }
    out.push(ornament ? "ET Q" : "ET");
  }

  /** A thin line, from one point to another. */
  rule(
    from: readonly [number, number],
    to: readonly [number, number],
    thickness: number,
    color: string,
  ): void {
    const stroke = fillOf(color).replace("rg", "RG");
    this.ornaments.push(
      `${stroke} ${round(thickness)} w ${round(from[0])} ${round(from[1])} m ${round(to[0])} ${round(to[1])} l S`,
    );
  }

  /** False where its bytes turn out to be no picture. */
  picture(
    source: Bytes,
    at: { x: number; y: number; width: number; height: number },
    tag: Tag | null,
  ): boolean {
    this.mark(tag);
    this.flush();
    try {
      let image = this.images.get(source);
      if (image === undefined) {
        image = (this.pdf as unknown as { openImage(bytes: Buffer): unknown }).openImage(
          Buffer.from(source.bytes),
        );
        this.images.set(source, image);
      }
      const { x, y, ...size } = at;
      this.pdf.image(image as Buffer, x, y, size);
      return true;
    } catch {
      return false;
    }
  }

  /** A way to another place of this document. */
  goTo(page: number, top: number, area: Area, tag: Tag | null): void {
    const { Kids } = (this.pdf as unknown as { _root: { data: { Pages: { data: { Kids: unknown[] } } } } })
      ._root.data.Pages.data;
    this.annotate({ Dest: [Kids[page], "XYZ", 0, PAGE.height - top, null] }, area, tag);
  }

  /** Hands over what is still held. */
  end(): void {
    this.leave();
    this.structure?.end();
  }

  private strike(x: number, y: number, width: number, thickness: number, color: string): void {
    this.rule([x, y], [x + width, y], thickness, color);
  }

  private link(url: string, area: Area, tag: Tag | null): void {
    const target = new String(url);
    this.annotate({ A: { S: "URI", URI: target }, Contents: target }, area, tag);
  }

  private annotate(what: Record<string, unknown>, { x, y, width, height }: Area, tag: Tag | null): void {
    const place = tag === null ? {} : this.structure?.nextAnnotation(tag);
    const options = { Subtype: "Link", ...what, ...place };
    this.pdf.annotate(x, y, width, height, options as PDFKit.Mixins.AnnotationOption);
    if (tag !== null) this.structure?.takeAnnotation(tag);
  }

  /** From here on it belongs to this tag. */
  private mark(tag: Tag | null): void {
    if (tag === this.open) return;
    if (this.open !== null) this.content.push("EMC");
    if (tag !== null && this.structure !== null) {
      this.content.push(`/${tag.type} <</MCID ${this.structure.mark(tag)}>> BDC`);
    }
    this.open = tag;
  }

  private leave(): void {
    this.mark(null);
    if (this.ornaments.length > 0) {
      const [begin, end] = this.structure === null ? ["q", "Q"] : ["/Artifact BMC q", "Q EMC"];
      this.content.push(begin, ...this.ornaments, end);
      this.ornaments = [];
    }
    this.flush();
    [this.font, this.color] = ["", ""];
  }

  private flush(): void {
    if (this.content.length === 0) return;
    this.page.write(Buffer.from(`${this.content.join("\n")}\n`, "latin1"));
    this.content = [];
  }
}

interface InnerPage {
  readonly fonts: Record<string, unknown>;
  write(chunk: Buffer): void;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const fills = new Map<string, string>();

function fillOf(color: string): string {
  let fill = fills.get(color);
  if (fill === undefined) {
    const parts = [1, 3, 5].map((at) => round(parseInt(color.slice(at, at + 2), 16) / 255));
    fills.set(color, (fill = `${parts.join(" ")} rg`));
  }
  return fill;
}
