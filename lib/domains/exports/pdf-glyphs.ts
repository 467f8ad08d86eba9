import "server-only";
import type { Face } from "./fonts";

/** A stretch of text in one font, laid out: what a PDF draws of it. */
export interface Shaped {
  readonly face: Face;
  readonly text: string;
  /** In thousandths of the size. */
  readonly width: number;
  /** The inside of a `TJ` array at this size: glyphs, and what moves them. */
  readonly glyphs: string | ((size: number) => string);
}

/** What is inside of pdfkit's font. `encode` takes glyphs into the file, and tells how they stand to each other. */
export interface InnerFont {
  readonly id: string;
  /** How far each glyph of the file moves on; what of a text each stands for. By the number that `encode` writes. */
  readonly widths: number[];
  readonly unicode: (readonly number[])[];
  ref(): unknown;
  encode(text: string): [string[], Position[]];
}

interface Position {
  readonly xAdvance: number;
  readonly advanceWidth: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** Letters of which nothing but the next one changes how they stand: a word is laid out by its pairs. */
const PAIRWISE =
  /^[\u0020-\u00ac\u00ae-\u024f\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u2044]*$/;
/** Letters that some fonts join: such a word is laid out as a whole. */
const JOINED = /f[fijl]/;
const MARKS = /^\p{M}+$/u;
/** So many different words are laid out as a whole: a tenth of a millisecond each. What is rarer is put letter by letter. */
const WHOLE_WORDS = 5_000;

/** How much closer two letters of a font stand than their widths say: the same for every document. */
const kernings = new WeakMap<Face, Map<string, number>>();

/** One font in one document. Each letter and each pair of letters is looked up once. */
export class GlyphWriter {
  private readonly letters = new Map<string, { hex: string; advance: number }>();
  private readonly kerning: Map<string, number>;
  private whole = 0;

  constructor(
    private readonly face: Face,
    private readonly font: InnerFont,
  ) {
    const known = kernings.get(face);
    this.kerning = known ?? new Map<string, number>();
    if (known === undefined) kernings.set(face, this.kerning);
  }

  shape(text: string): Shaped {
    const simple = PAIRWISE.test(text);
    if ((simple && !JOINED.test(text)) || this.whole >= WHOLE_WORDS) return this.byPairs(text, simple);
    this.whole += 1;
    return this.asWhole(text);
  }

  private byPairs(text: string, kerned: boolean): Shaped {
    let [glyphs, width, before] = ["", 0, ""];
    for (const sign of text) {
      const { hex, advance } = this.letter(sign);
      const closer = kerned && before !== "" ? this.kern(before, sign) : 0;
      glyphs += closer === 0 ? hex : `>${-closer}<${hex}`;
      width += advance + closer;
      before = sign;
    }
    return { face: this.face, text, width, glyphs: `<${glyphs}>` };
  }

  private letter(sign: string): { hex: string; advance: number } {
    let letter = this.letters.get(sign);
    if (letter === undefined) {
      const { hexes, glyphs } = this.encode(sign);
      const advance = glyphs.reduce((sum, { moves }) => sum + moves, 0);
      this.letters.set(sign, (letter = { hex: hexes.join(""), advance }));
    }
    return letter;
  }

  private kern(before: string, sign: string): number {
    const pair = before + sign;
    let closer = this.kerning.get(pair);
    if (closer === undefined) {
      const [first, ...rest] = this.encode(pair).glyphs;
      closer = first === undefined || rest.length !== 1 ? 0 : round(first.xAdvance - first.moves);
      this.kerning.set(pair, closer);
    }
    return closer;
  }

  private asWhole(text: string): Shaped {
    const { hexes, glyphs } = this.encode(text);
    const width = glyphs.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
    const draw = (size: number) =>
      glyphs
        .map(({ xAdvance, moves, xOffset, yOffset }, nth) => {
          const before = xOffset === 0 ? "" : round(-xOffset);
          const back = round(xOffset + moves - xAdvance);
          const [up, down] =
            yOffset === 0 ? ["", ""] : [`]TJ ${round((yOffset * size) / 1_000)} Ts[`, "]TJ 0 Ts["];
          return `${up}${before}<${hexes[nth] ?? ""}>${back === 0 ? "" : back}${down}`;
        })
        .join("");
    const flat = glyphs.every(({ yOffset }) => yOffset === 0);
    return { face: this.face, text, width, glyphs: flat ? draw(1) : draw };
  }

  /** Takes the glyphs of a text into the file. A mark stands over its letter, and moves nothing on: readers go by that. */
  private encode(text: string): { hexes: string[]; glyphs: (Position & { moves: number })[] } {
    const [hexes, positions] = this.font.encode(text);
    const { widths, unicode } = this.font;
    const glyphs = positions.map((position, nth) => {
      const id = parseInt(hexes[nth] ?? "", 16);
      if (MARKS.test(String.fromCodePoint(...(unicode[id] ?? [])))) widths[id] = 0;
      return { ...position, moves: widths[id] ?? 0 };
    });
    return { hexes, glyphs };
  }
}

/** A number of a PDF, to a hundredth. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
