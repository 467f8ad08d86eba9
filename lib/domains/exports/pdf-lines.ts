import "server-only";

import type { Run } from "./document";
import type { Face, FontShelf, Style } from "./fonts";
import { isInvisible } from "./undrawable";

/** Text of one font in a line, ready to draw. */
export interface Piece {
  text: string;
  readonly face: Face;
  readonly run: Run;
  width: number;
}

export interface Line {
  readonly pieces: readonly Piece[];
  readonly width: number;
}

/** Letters between which a line may break without a space. */
const BREAKS_ANYWHERE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LETTER = /\P{M}\p{M}*/gu;

/** Puts runs into lines. Words are measured once for each font, which is what makes a book quick. */
export class Typesetter {
  private readonly widths = new Map<Face, Map<string, number>>();
  private readonly known = new Set<Face>();

  constructor(
    private readonly document: PDFKit.PDFDocument,
    private readonly fonts: FontShelf,
  ) {}

  /** Makes this font the one to draw with. */
  use(face: Face, size: number): void {
    if (!this.known.has(face)) {
      if (face.inCollection === null) this.document.registerFont(face.name, face.file);
      else this.document.registerFont(face.name, face.file, face.inCollection);
      this.known.add(face);
    }
    this.document.font(face.name).fontSize(size);
    quicken(this.document);
  }

  /** Lines of at most `width` points. A word that is longer than a line is cut. */
  lines(runs: readonly Run[], size: number, width: number, style: Style = {}): Line[] {
    const lines: Line[] = [];
    let pieces: Piece[] = [];
    let used = 0;
    /** Spaces at the begin of a line that the writer began stay; those at a line's end, and where it was broken, go. */
    let begun = true;
    const close = () => {
      const last = pieces.at(-1);
      if (last !== undefined) {
        const bare = last.text.replace(/[ \t]+$/, "");
        if (bare !== last.text) {
          used -= last.width;
          last.text = bare;
          last.width = this.measure(last.face, bare, size);
          used += last.width;
        }
      }
      lines.push({ pieces, width: used });
      [pieces, used, begun] = [[], 0, false];
    };
    const add = (word: readonly Piece[], wordWidth: number) => {
      used += wordWidth;
      for (const piece of word) {
        const before = pieces.at(-1);
        if (before?.face === piece.face && before.run === piece.run) {
          before.text += piece.text;
          before.width += piece.width;
        } else pieces.push({ ...piece });
      }
    };
    for (const word of this.words(runs, size, style)) {
      if (word === "break") {
        close();
        begun = true;
        continue;
      }
      const isSpace = word.every(({ text }) => text.trim() === "");
      const wordWidth = word.reduce((sum, piece) => sum + piece.width, 0);
      if (isSpace) {
        if (pieces.length > 0 || begun) add(word, wordWidth);
        continue;
      }
      if (used + wordWidth > width && pieces.length > 0) close();
      if (wordWidth <= width) add(word, wordWidth);
      else {
        for (const letter of this.letters(word, size)) {
          if (used + letter.width > width && pieces.length > 0) close();
          add([letter], letter.width);
        }
      }
    }
    if (pieces.length > 0) close();
    return lines;
  }

  /** Words, the spaces between them, and breaks; a word may be of several looks. */
  private *words(runs: readonly Run[], size: number, style: Style): Generator<Piece[] | "break"> {
    let word: Piece[] = [];
    for (const run of runs) {
      const look = { bold: run.bold ?? style.bold, italic: run.italic ?? style.italic, code: run.code };
      for (const part of run.text.match(/\n|[ \t]+|[^ \t\n]+/g) ?? []) {
        if (part === "\n" || /^[ \t]/.test(part)) {
          if (word.length > 0) yield word;
          word = [];
          if (part === "\n") yield "break";
          else yield this.pieces(part.replaceAll("\t", "    "), run, look, size);
        } else if (BREAKS_ANYWHERE.test(part)) {
          if (word.length > 0) yield word;
          word = [];
          for (const sign of part.match(LETTER) ?? []) yield this.pieces(sign, run, look, size);
        } else word.push(...this.pieces(part, run, look, size));
      }
    }
    if (word.length > 0) yield word;
  }

  /** A word, cut where its letters need another font. What is invisible and in no font is left out. */
  private pieces(text: string, run: Run, look: Style, size: number): Piece[] {
    const [first] = this.fonts.chain(look);
    const make = (part: string, face: Face) => ({
      text: part,
      face,
      run,
      width: this.measure(face, part, size),
    });
    if (first !== undefined && covers(first, text)) return [make(text, first)];
    const parts: { text: string; face: Face }[] = [];
    for (const letter of text.match(LETTER) ?? []) {
      for (const [face, sign] of this.facesOf(letter, look)) {
        const last = parts.at(-1);
        if (last?.face === face) last.text += sign;
        else parts.push({ face, text: sign });
      }
    }
    return parts.map((part) => make(part.text, part.face));
  }

  /** One font for a letter with its marks where there is one, else one for each sign. */
  private facesOf(letter: string, look: Style): [Face, string][] {
    const visible = [...letter].filter((sign) => !isInvisible(sign)).join("");
    const whole = this.fonts.chain(look).find((face) => covers(face, visible));
    if (whole !== undefined) return visible === "" ? [] : [[whole, visible]];
    return [...visible].map((sign) => {
      const face = this.fonts.faceFor(sign.codePointAt(0) ?? 0, look);
      if (face === null) throw new Error(`no font draws U+${(sign.codePointAt(0) ?? 0).toString(16)}`);
      return [face, sign];
    });
  }

  private letters(word: readonly Piece[], size: number): Piece[] {
    return word.flatMap((piece) =>
      (piece.text.match(LETTER) ?? []).map((text) => ({
        ...piece,
        text,
        width: this.measure(piece.face, text, size),
      })),
    );
  }

  private measure(face: Face, text: string, size: number): number {
    let widths = this.widths.get(face);
    if (widths === undefined) this.widths.set(face, (widths = new Map<string, number>()));
    let width = widths.get(text);
    if (width === undefined) {
      this.use(face, 1);
      width = this.document.widthOfString(text);
      widths.set(text, width);
    }
    return width * size;
  }
}

interface Glyph {
  readonly advanceWidth: number;
}
interface Laid {
  readonly glyphs: readonly Glyph[];
  readonly positions: readonly object[];
  readonly advanceWidth: number;
}
/** What is inside of pdfkit's font; `font` is fontkit's. */
interface InnerFont {
  readonly scale: number;
  readonly font: { glyphForCodePoint(codePoint: number): Glyph };
  layoutCached(word: string): Laid;
  quickened?: true;
}

/** So many different words of a font are laid out with kerning and ligatures. */
const LAID_OUT_WORDS = 3_000;
/** Letters that stand one behind the other without a rule. */
const SIMPLE = /^[\u0020-\u024f\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2044]*$/;

/**
 * Laying a word out takes a tenth of a millisecond, and a long book has a hundred thousand different ones. The first few
 * thousand, which are nearly all that is read, get it; of rarer ones the letters are put side by side.
 */
function quicken(document: PDFKit.PDFDocument): void {
  const font = (document as unknown as { _font: InnerFont })._font; // there is no public way to a font in use
  if (font.quickened) return;
  font.quickened = true;
  const layOut = font.layoutCached.bind(font);
  const laidOut = new Set<string>();
  const letters = new Map<string, { glyph: Glyph; position: object; advance: number }>();
  const letterOf = (sign: string) => {
    let letter = letters.get(sign);
    if (letter === undefined) {
      const glyph = font.font.glyphForCodePoint(sign.codePointAt(0) ?? 0);
      const advance = glyph.advanceWidth * font.scale;
      const position = { xAdvance: advance, yAdvance: 0, xOffset: 0, yOffset: 0, advanceWidth: advance };
      letters.set(sign, (letter = { glyph, position, advance }));
    }
    return letter;
  };
  font.layoutCached = (word) => {
    if (laidOut.has(word)) return layOut(word);
    if (laidOut.size < LAID_OUT_WORDS || !SIMPLE.test(word)) {
      laidOut.add(word);
      return layOut(word);
    }
    const laid = Array.from(word, letterOf);
    return {
      glyphs: laid.map(({ glyph }) => glyph),
      positions: laid.map(({ position }) => position),
      advanceWidth: laid.reduce((sum, { advance }) => sum + advance, 0),
    };
  };
}

function covers(face: Face, text: string): boolean {
  for (const sign of text) if (!face.covers.has(sign.codePointAt(0) ?? 0)) return false;
  return true;
}
