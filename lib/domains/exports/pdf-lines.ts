import "server-only";
import type { Run } from "./document";
import type { Face, Style } from "./fonts";
import type { Part, WordShaper, WordTaker } from "./pdf-words";

/** Text of one look in a line, ready to draw. */
export interface Piece {
  readonly face: Face;
  readonly run: Run;
  /** The inside of a `TJ` array. */
  glyphs: string;
  width: number;
}

export interface Line {
  readonly pieces: readonly Piece[];
  readonly width: number;
}

/** Lines of at most `width` points. A word that is longer than a line is cut. */
export function setLines(
  shaper: WordShaper,
  runs: readonly Run[],
  { size, width, style }: { size: number; width: number; style: Style },
): Line[] {
  const builder = new LineBuilder(shaper, size, width);
  shaper.tell(runs, style, builder);
  return builder.finish();
}

class LineBuilder implements WordTaker {
  private readonly lines: Line[] = [];
  private pieces: Piece[] = [];
  private used = 0;
  /** Spaces not drawn yet: they go where the line ends behind them. */
  private spaces: Part[] = [];
  private spaced = 0;
  /** True where the writer began the line: what it is indented by stays. */
  private begun = true;
  private readonly scale: number;

  constructor(
    private readonly shaper: WordShaper,
    private readonly size: number,
    private readonly width: number,
  ) {
    this.scale = size / 1_000;
  }

  word(parts: readonly Part[]): void {
    let width = 0;
    for (const part of parts) width += part.width * this.scale;
    if (this.used + this.spaced + width > this.width && this.pieces.length > 0) this.close();
    if (this.spaced + width <= this.width) this.put(parts);
    else {
      for (const letter of parts.flatMap((part) => this.shaper.letters(part))) {
        const wide = this.used + this.spaced + letter.width * this.scale > this.width;
        if (wide && this.pieces.length > 0) this.close();
        this.put([letter]);
      }
    }
  }

  space(part: Part): void {
    if (this.pieces.length === 0 && !this.begun) return;
    this.spaces.push(part);
    this.spaced += part.width * this.scale;
  }

  break(): void {
    this.close();
    this.begun = true;
  }

  finish(): Line[] {
    if (this.pieces.length > 0) this.close();
    return this.lines;
  }

  private close(): void {
    this.lines.push({ pieces: this.pieces, width: this.used });
    this.pieces = [];
    this.used = 0;
    this.dropSpaces();
    this.begun = false;
  }

  private dropSpaces(): void {
    this.spaces = [];
    this.spaced = 0;
  }

  private put(parts: readonly Part[]): void {
    for (const part of this.spaces) this.append(part);
    if (this.spaces.length > 0) this.dropSpaces();
    for (const part of parts) this.append(part);
  }

  private append({ run, shaped }: Part): void {
    for (const { face, glyphs, width } of shaped) {
      const drawn = typeof glyphs === "string" ? glyphs : glyphs(this.size);
      const before = this.pieces.at(-1);
      if (before?.face === face && before.run === run) {
        before.glyphs += drawn;
        before.width += width * this.scale;
      } else this.pieces.push({ face, run, glyphs: drawn, width: width * this.scale });
      this.used += width * this.scale;
    }
  }
}
