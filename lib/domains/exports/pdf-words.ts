import "server-only";
import type { Run } from "./document";
import type { Face, FontShelf, Style } from "./fonts";
import { GlyphWriter, type InnerFont, type Shaped } from "./pdf-glyphs";
import { isInvisible } from "./undrawable";

/** Text of one run that no line break parts; a word has several where its look changes in the middle. */
export interface Part {
  readonly run: Run;
  readonly shaped: readonly Shaped[];
  /** In thousandths of the size. */
  readonly width: number;
}

/** Takes the words of a text, and what stands between them. */
export interface WordTaker {
  word(parts: readonly Part[]): void;
  space(part: Part): void;
  break(): void;
}

const SPACES = " \\t\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u205f\\u3000";
const TOKEN = new RegExp(`\\n|[${SPACES}]+|[^\\n${SPACES}]+`, "g");
const SPACE = new RegExp(`^[${SPACES}]`);
/** Letters between which a line may break without a space. */
const FREE =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]";
/** Where else a line may break: at a space of no width, and behind hyphens and dashes inside a word. */
const INSIDE = "\\u200b|(?<=[\\p{L}\\p{N}][-‐–—]+)(?=[\\p{L}\\p{N}])";
const MAY_BREAK = new RegExp(`${FREE}|${INSIDE}`, "u");
const BREAKS = new RegExp(`${INSIDE}|(?=${FREE})|(?<=${FREE}\\p{M}*)(?!\\p{M})`, "u");
const LETTER = /\P{M}\p{M}*|\p{M}+/gu;
/** Joiners, soft hyphens, marks of direction: drawn they would be boxes or hyphens. Some scripts need the joiners. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Zl}\p{Zp}]/gu;
const PLAIN_SCRIPTS =
  /^(?!.*\p{Extended_Pictographic})[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Common}\p{Script=Inherited}]*$/u;
/** What is longer is no word: it is cut anywhere, and not measured first. */
const LONGEST_WORD = 400;

type Segments = readonly (readonly Shaped[])[];

/** Lays words out, each once for each look, which is what makes a book quick. */
export class WordShaper {
  private readonly writers = new Map<Face, GlyphWriter>();
  private readonly inners = new Map<Face, InnerFont>();
  /** By look, then by word. */
  private readonly known = new Map<number, Map<string, Segments>>();

  constructor(
    private readonly document: PDFKit.PDFDocument,
    private readonly fonts: FontShelf,
  ) {}

  /** The font of this document for a face. */
  fontOf(face: Face): InnerFont {
    let inner = this.inners.get(face);
    if (inner === undefined) {
      this.document.registerFont(face.name, face.file, face.inCollection ?? undefined);
      this.document.font(face.name);
      inner = (this.document as unknown as { _font: InnerFont })._font; // there is no public way to a font in use
      this.inners.set(face, inner);
    }
    return inner;
  }

  /** Hands over the words of these runs in their order. */
  tell(runs: readonly Run[], style: Style, taker: WordTaker): void {
    let word: Part[] = [];
    const end = () => {
      if (word.length > 0) taker.word(word);
      word = [];
    };
    for (const run of runs) {
      for (const token of run.text.match(TOKEN) ?? []) {
        if (token === "\n") {
          end();
          taker.break();
        } else if (SPACE.test(token)) {
          end();
          for (const shaped of this.segments(token, run, style)) taker.space(partOf(run, shaped));
        } else {
          const segments = this.segments(token, run, style);
          for (let nth = 0; nth < segments.length; nth++) {
            if (nth > 0) end();
            word.push(partOf(run, segments[nth] ?? []));
          }
        }
      }
    }
    end();
  }

  /** A part letter by letter, for what is wider than a line. */
  letters({ run, shaped }: Part): Part[] {
    return shaped.flatMap(({ face, text }) =>
      (text.match(LETTER) ?? []).map((letter) => partOf(run, [this.writer(face).shape(letter)])),
    );
  }

  private segments(token: string, run: Run, style: Style): Segments {
    const look = { bold: run.bold ?? style.bold, italic: run.italic ?? style.italic, code: run.code };
    const key = (look.bold ? 1 : 0) + (look.italic ? 2 : 0) + (look.code ? 4 : 0);
    let words = this.known.get(key);
    if (words === undefined) this.known.set(key, (words = new Map<string, Segments>()));
    let segments = words.get(token);
    if (segments === undefined) words.set(token, (segments = this.cut(token, look, words)));
    return segments;
  }

  private cut(token: string, look: Style, words: Map<string, Segments>): Segments {
    if (SPACE.test(token)) return [this.shape(token.replaceAll("\t", "    "), look)];
    if (token.length > LONGEST_WORD) {
      return (token.match(LETTER) ?? []).map((letter) => {
        const known = words.get(letter)?.[0] ?? this.shape(letter, look);
        words.set(letter, [known]);
        return known;
      });
    }
    const parts = MAY_BREAK.test(token) ? token.split(BREAKS) : [token];
    return parts.map((part) => this.shape(part, look));
  }

  /** A word, cut where its letters need another font. What is invisible and joins nothing is left out. */
  private shape(word: string, look: Style): Shaped[] {
    // Composed, a letter with its mark is one glyph, set by who drew the font.
    const text = (PLAIN_SCRIPTS.test(word) ? word.replace(INVISIBLE, "") : word).normalize("NFC");
    if (text === "") return [];
    const [first] = this.fonts.chain(look);
    if (first !== undefined && covers(first, text)) return [this.writer(first).shape(text)];
    const parts: { text: string; face: Face }[] = [];
    for (const letter of text.match(LETTER) ?? []) {
      for (const [face, sign] of this.facesOf(letter, look)) {
        const last = parts.at(-1);
        if (last?.face === face) last.text += sign;
        else parts.push({ face, text: sign });
      }
    }
    return parts.map((part) => this.writer(part.face).shape(part.text));
  }

  /** One font for a letter with its marks where there is one, else one for each sign. */
  private facesOf(letter: string, look: Style): [Face, string][] {
    const visible = [...letter].filter((sign) => !isInvisible(sign)).join("");
    const whole = this.fonts.chain(look).find((face) => covers(face, visible));
    if (whole !== undefined) return visible === "" ? [] : [[whole, visible]];
    return [...visible].map((sign) => {
      const face = this.fonts.faceFor(sign.codePointAt(0) ?? 0, look);
      if (face !== null) return [face, sign];
      const plain = /\s/.test(sign) ? this.fonts.faceFor(0x20, look) : null; // a rare space is a space
      if (plain !== null) return [plain, " "];
      throw new Error(`no font draws U+${(sign.codePointAt(0) ?? 0).toString(16)}`);
    });
  }

  private writer(face: Face): GlyphWriter {
    let writer = this.writers.get(face);
    if (writer === undefined) {
      writer = new GlyphWriter(face, this.fontOf(face));
      this.writers.set(face, writer);
    }
    return writer;
  }
}

function partOf(run: Run, shaped: readonly Shaped[]): Part {
  let width = 0;
  for (const one of shaped) width += one.width;
  return { run, shaped, width };
}

function covers(face: Face, text: string): boolean {
  for (const sign of text) if (!face.covers.has(sign.codePointAt(0) ?? 0)) return false;
  return true;
}
