import "server-only";
import type { Block, ListItem, PictureSource, Run } from "./document";
import { pictureName } from "./markup";
import { INK, PAGE, SOFT } from "./pdf-canvas";
import { LEADING, type Look, type PdfFlow, type Place, ROOM, TEXT_SIZE } from "./pdf-flow";
import { isSoundPng } from "./picture-bytes";

type Heading = Extract<Block, { kind: "heading" }>;

/** Draws blocks one below the other. Headings are drawn by who knows which of them begin chapters. */
export class PdfBlocks {
  constructor(
    private readonly flow: PdfFlow,
    private readonly heading: (block: Heading, place: Place) => void,
  ) {}

  all(blocks: readonly Block[], place: Place): void {
    for (const block of blocks) this.one(block, place);
  }

  private one(block: Block, place: Place): void {
    const { flow } = this;
    switch (block.kind) {
      case "heading":
        return this.heading(block, place);
      case "paragraph":
        flow.text(block.runs, this.inside("P", place));
        flow.y += 7;
        return;
      case "quote": {
        const bars = [...place.bars, place.left + 4];
        return this.all(block.blocks, {
          ...this.inside("BlockQuote", place),
          left: indented(place, 16),
          bars,
        });
      }
      case "list": {
        const list = this.inside("L", place);
        block.items.forEach((item, nth) =>
          this.item(item, block.start === null ? null : block.start + nth, list),
        );
        flow.y += 3;
        return;
      }
      case "code":
        flow.text([{ text: block.text, code: true }], this.inside("Code", place), { size: 9 });
        flow.y += 8;
        return;
      case "table":
        return this.table(block, place);
      case "rule": {
        flow.need(30);
        const [middle, y] = [PAGE.width / 2, flow.y + 10];
        flow.canvas.rule([middle - 40, y], [middle + 40, y], 0.5, SOFT);
        flow.y += 28;
        return;
      }
      case "picture":
        return this.picture(block, place);
    }
  }

  private item({ checked, blocks }: ListItem, number: number | null, place: Place): void {
    const { flow } = this;
    const mark = checked === null ? (number === null ? "•" : `${number}.`) : checked ? "☑" : "☐";
    const look = { size: TEXT_SIZE, color: SOFT };
    const [line] = flow.lines([{ text: mark }], PAGE.width, look);
    const width = Math.max(16, (line?.width ?? 0) + 6);
    flow.need(TEXT_SIZE * LEADING);
    const item = this.inside("LI", place);
    if (line !== undefined) flow.canvas.line(line, place.left, flow.y, look, this.inside("Lbl", item).tag);
    flow.started = true;
    const [page, y] = [flow.page, flow.y];
    const body = { ...this.inside("LBody", item), left: indented(place, width) };
    const [first, ...rest] = blocks;
    if (first?.kind === "paragraph") {
      flow.text(first.runs, body);
      flow.y += 7;
      this.all(rest, body);
    } else this.all(blocks, body);
    // An item without a text is a line all the same.
    if (flow.page === page && flow.y === y) flow.y += TEXT_SIZE * LEADING;
    else flow.y -= 4;
  }

  private table({ rows, aligns }: Extract<Block, { kind: "table" }>, place: Place): void {
    const { flow } = this;
    const columns = Math.max(1, ...rows.map((row) => row.length));
    const width = (place.right - place.left) / columns;
    const pad = 4;
    const table = this.inside("Table", place);
    rows.forEach((row, nth) => {
      const look = { size: 9.5, color: INK, ...(nth === 0 ? { bold: true } : {}) };
      const height = look.size * LEADING;
      const cells = row.map((runs) => flow.lines(runs, width - 2 * pad, look));
      const tall = Math.max(1, ...cells.map((lines) => lines.length)) * height + 2 * pad;
      const line = this.inside("TR", table);
      // Where a row finds no room on a page, or a column none for words, its cells stand one below the other.
      if (width < 56 || tall > ROOM)
        for (const runs of row) flow.text(runs, this.cell(nth === 0, line), look);
      else {
        flow.need(tall);
        cells.forEach((lines, column) => {
          const { tag } = this.cell(nth === 0, line);
          lines.forEach((one, at) => {
            const spare = width - 2 * pad - one.width;
            const indent = { right: spare, center: spare / 2, left: 0 }[aligns[column] ?? "left"];
            const left = place.left + column * width + pad + indent;
            flow.canvas.line(one, left, flow.y + pad + at * height, look, tag);
          });
        });
        flow.y += tall;
      }
      flow.canvas.rule([place.left, flow.y], [place.right, flow.y], nth === 0 ? 0.9 : 0.4, "#b3a99c");
    });
    flow.started = true;
    flow.y += 12;
  }

  private cell(isHead: boolean, row: Place): Place {
    const { tag } = row;
    const { canvas } = this.flow;
    const cell = isHead
      ? canvas.tag("TH", tag, { A: { O: "Table", Scope: "Column" } })
      : canvas.tag("TD", tag);
    return { ...row, tag: cell };
  }

  private picture({ alt, source }: Extract<Block, { kind: "picture" }>, place: Place): void {
    const { flow } = this;
    const name = pictureName(alt);
    const tag = flow.canvas.tag("Figure", place.tag, {
      Alt: new String(alt.trim() === "" ? name : alt.trim()),
    });
    const drawable =
      source.kind === "bytes" &&
      (source.format === "jpeg" || (source.format === "png" && isSoundPng(source.bytes)));
    if (drawable && this.drawPicture(source, { ...place, tag })) return;
    const look: Partial<Look> = { italic: true, color: SOFT };
    const runs: Run[] = [{ text: name }];
    flow.text(runs, { ...place, tag }, look);
    flow.y += 7;
  }

  private drawPicture(
    source: Extract<PictureSource, { kind: "bytes" }>,
    { left, right, tag }: Place,
  ): boolean {
    const { flow } = this;
    // A point of a picture is no larger than one of a screen, and a picture no larger than its page.
    const scale = Math.min(0.75, (right - left) / source.width, ROOM / source.height);
    const [width, height] = [source.width * scale, source.height * scale];
    flow.need(height);
    const x = left + (right - left - width) / 2;
    if (!flow.canvas.picture(source, { x, y: flow.y, width, height }, tag)) return false;
    flow.started = true;
    flow.y += height + 12;
    return true;
  }

  private inside(type: Parameters<PdfFlow["canvas"]["tag"]>[0], place: Place): Place {
    return place.tag === null ? place : { ...place, tag: this.flow.canvas.tag(type, place.tag) };
  }
}

/** A left edge further in, but so that words still find room. */
function indented({ left, right }: Place, by: number): number {
  return Math.min(left + by, right - 60);
}
