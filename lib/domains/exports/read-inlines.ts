import "server-only";
import type { MarkedToken, Token } from "marked";
import type { PictureSource, Run } from "./document";
import { decodeEntities } from "./plain-characters";

/** What an image in a text leads to: a picture to show, or a link; null where it is gone or was never allowed. */
export type ResolvePicture = (target: string) => PictureSource | { kind: "link"; url: string } | null;

/** A stretch of text, or a picture between two of them. */
export type Inline = Run | { readonly picture: PictureSource; readonly alt: string };

type Look = Omit<Run, "text">;

/** The inline tokens of a block as runs and pictures, everything unsafe turned into the text that it is. */
export function readInlines(
  tokens: readonly Token[] | undefined,
  resolve: ResolvePicture,
  look: Look = {},
): Inline[] {
  return (tokens ?? []).flatMap((token) => readInline(token as MarkedToken, resolve, look)); // no extension adds others
}

function readInline(token: MarkedToken, resolve: ResolvePicture, look: Look): Inline[] {
  switch (token.type) {
    case "strong":
      return readInlines(token.tokens, resolve, { ...look, bold: true });
    case "em":
      return readInlines(token.tokens, resolve, { ...look, italic: true });
    case "del":
      return readInlines(token.tokens, resolve, { ...look, strike: true });
    case "codespan":
      return [{ ...look, code: true, text: token.text }];
    case "br":
      return [{ ...look, text: "\n" }];
    case "escape":
      return [{ ...look, text: token.text }];
    case "link": {
      const link = safeLink(token.href);
      const words = readInlines(token.tokens, resolve, link === null ? look : { ...look, link });
      return words.length > 0 || link === null ? words : [{ ...look, link, text: link }];
    }
    case "image":
      return [readImage(decodeEntities(token.text), token.href, resolve, look)];
    case "text":
      return token.tokens === undefined
        ? [{ ...look, text: decodeEntities(token.text) }]
        : readInlines(token.tokens, resolve, look);
    case "checkbox":
      return [];
    default:
      return [{ ...look, text: token.raw }];
  }
}

function readImage(alt: string, target: string, resolve: ResolvePicture, look: Look): Inline {
  const found = resolve(target);
  if (found === null) return { ...look, text: alt.trim() === "" ? "[Picture]" : `[Picture: ${alt}]` };
  if (found.kind === "link") return { ...look, link: found.url, text: alt.trim() === "" ? found.url : alt };
  return { picture: found, alt };
}

/** An address that may be followed, as a parser writes it; null for anything but http(s) and mailto. */
export function safeLink(target: string): string | null {
  const address = decodeEntities(target).trim();
  if (!/^(?:https?:\/\/|mailto:)/i.test(address) || !URL.canParse(address)) return null;
  return strictly(new URL(address).href);
}

/** What browsers take and the grammar of addresses doesn't, and with it the checkers of books: `|`, `[`, a bare `%`. */
function strictly(url: string): string {
  const [, origin = "", rest = ""] = /^(https?:\/\/[^/?#]*|mailto:)(.*)$/is.exec(url) ?? [];
  const path = rest.replace(/%(?![0-9a-f]{2})|[^\w\-.~:/?#@!$&'()*+,;=%]/gi, encodeURIComponent);
  const hash = path.indexOf("#") + 1;
  return origin + (hash === 0 ? path : path.slice(0, hash) + path.slice(hash).replaceAll("#", "%23"));
}
