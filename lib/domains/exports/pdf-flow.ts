import "server-only";
import type { Run } from "./document";
import { INK, PAGE, type PdfCanvas, SOFT } from "./pdf-canvas";
import { type Line, setLines } from "./pdf-lines";
import type { Tag } from "./pdf-structure";
import type { WordShaper } from "./pdf-words";

export const MARGIN = { side: 76, top: 72, bottom: 80 };
export const TEXT_SIZE = 10.5;
export const LEADING = 1.45;
const BOTTOM = PAGE.height - MARGIN.bottom;
/** The height of the text on a page. */
export const ROOM = BOTTOM - MARGIN.top;

/** Where a block stands: between these two, with a bar at `bars` for each quotation around it. */
export interface Place {
  readonly left: number;
  readonly right: number;
  readonly bars: readonly number[];
  /** What it belongs to for those who listen; null where the text is not tagged. */
  readonly tag: Tag | null;
}

export interface Look {
  readonly size: number;
  readonly color: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
}

/** Text that flows down the pages. */
export class PdfFlow {
  y = MARGIN.top;
  /** The number of the page, from 0. */
  page = 0;
  /** False while nothing but the title stands on the page. */
  started = false;

  constructor(
    readonly canvas: PdfCanvas,
    private readonly shaper: WordShaper,
  ) {}

  lines(runs: readonly Run[], width: number, { size, bold, italic }: Look): Line[] {
    return setLines(this.shaper, runs, { size, width: Math.max(40, width), style: { bold, italic } });
  }

  text(runs: readonly Run[], { left, right, bars, tag }: Place, look: Partial<Look> = {}): void {
    const full = { size: TEXT_SIZE, color: INK, ...look };
    const height = full.size * LEADING;
    for (const line of this.lines(runs, right - left, full)) {
      this.need(height);
      for (const bar of bars) this.canvas.rule([bar, this.y], [bar, this.y + height], 1.5, "#cdc4b8");
      this.canvas.line(line, left, this.y, full, tag);
      this.y += height;
      this.started = true;
    }
  }

  /** Goes on on the next page where so much has no room. */
  need(height: number): void {
    if (this.y + height > BOTTOM && this.y > MARGIN.top) this.newPage();
  }

  newPage(): void {
    this.canvas.newPage();
    this.page += 1;
    this.y = MARGIN.top;
    const look = { size: 9, color: SOFT };
    const [line] = this.lines([{ text: String(this.page + 1) }], 100, look);
    if (line !== undefined)
      this.canvas.line(line, (PAGE.width - line.width) / 2, PAGE.height - 52, look, null);
  }
}
