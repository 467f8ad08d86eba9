import "server-only";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { create } from "fontkit";
import { logger } from "@/lib/foundation/logger";

/** A font file and what it can draw. */
export interface Face {
  readonly name: string;
  readonly file: string;
  /** The font's name in a collection of several; null where the file holds one. */
  readonly inCollection: string | null;
  readonly covers: ReadonlySet<number>;
}

export interface Style {
  readonly bold?: boolean | undefined;
  readonly italic?: boolean | undefined;
  readonly code?: boolean | undefined;
}

/** The fonts that come with Penora: a package of their own, with their licence beside them. */
const OWN_DIR = path.join("node_modules", "dejavu-fonts-ttf", "ttf");
const SERIF = ["DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "DejaVuSerif-BoldItalic"];
const MONO = [
  "DejaVuSansMono",
  "DejaVuSansMono-Bold",
  "DejaVuSansMono-Oblique",
  "DejaVuSansMono-BoldOblique",
];
const SANS = ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique"];

/**
 * The fonts of this process: ours, and behind them those of a folder of the operator's, for what ours can't draw.
 * Each is read when it is first needed, and kept.
 */
export class FontShelf {
  private readonly own = new Map<string, Face>();
  private readonly chains = new Map<number, readonly Face[]>();
  private extra: readonly Face[] | undefined;

  constructor(private readonly extraDir: string | null) {}

  /** The fonts for a style, the best first. */
  chain({ bold, italic, code }: Style): readonly Face[] {
    const nth = (bold ? 1 : 0) + (italic ? 2 : 0);
    const key = nth + (code ? 4 : 0);
    let chain = this.chains.get(key);
    if (chain === undefined) {
      const names = [(code ? MONO : SERIF)[nth], (code ? MONO : SERIF)[0], SANS[nth], SANS[0]];
      const own = [...new Set(names)].flatMap((name) => (name === undefined ? [] : [this.ours(name)]));
      chain = [...own, ...(this.extra ??= readExtraFonts(this.extraDir))];
      this.chains.set(key, chain);
    }
    return chain;
  }

  /** The font that draws this sign in this style, or null where none does. */
  faceFor(codePoint: number, style: Style): Face | null {
    return this.chain(style).find(({ covers }) => covers.has(codePoint)) ?? null;
  }

  private ours(name: string): Face {
    let face = this.own.get(name);
    if (face === undefined) {
      const file = path.join(process.cwd(), OWN_DIR, `${name}.ttf`);
      face = facesOf(file)[0];
      if (face === undefined) throw new Error(`${name}.ttf is no font`);
      this.own.set(name, face);
    }
    return face;
  }
}

/** A font that can't be read is passed over: the others still draw what they can. */
function readExtraFonts(dir: string | null): Face[] {
  if (dir === null) return [];
  try {
    const files = readdirSync(dir).filter((name) => /\.(ttf|otf|ttc|otc)$/i.test(name));
    return files.sort().flatMap((name) => {
      try {
        return facesOf(path.join(dir, name));
      } catch (error) {
        logger().warn({ err: error, font: name }, "a font of PDF_FONT_DIR can't be read");
        return [];
      }
    });
  } catch (error) {
    logger().warn({ err: error }, "PDF_FONT_DIR can't be read");
    return [];
  }
}

function facesOf(file: string): Face[] {
  const read = create(readFileSync(file));
  const fonts = "fonts" in read ? read.fonts : [read];
  return fonts.map((font) => ({
    name: font.postscriptName,
    file,
    inCollection: "fonts" in read ? font.postscriptName : null,
    covers: new Set(font.characterSet),
  }));
}
