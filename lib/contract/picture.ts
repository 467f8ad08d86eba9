/** The kinds of project whose content is a picture. Their codes begin with `IMG_` (contract, section 4). */
export const PICTURE_TYPES: readonly string[] = ["ai_image", "ai_artwork", "ai_art", "image"];

/** The pictures that Penora keeps and shows. SVG can carry scripts and is none of them. */
export type PictureFormat = "png" | "jpeg" | "webp" | "gif";

/** True where a project's content must be a picture. */
export function isPictureType(projectType: string): boolean {
  return PICTURE_TYPES.includes(projectType.toLowerCase());
}

/** A picture as it was sent: at an address of its own, or with its bytes. */
export type Picture =
  | { readonly kind: "address"; readonly url: string }
  | {
      readonly kind: "data";
      readonly format: PictureFormat;
      readonly encoding: "base64" | "percent";
      readonly data: string;
    };

const DATA_URL = /^data:image\/(png|jpe?g|webp|gif)((?:;[a-z0-9-]+=[\w.+-]+)*)(;base64)?,/i;

/** Reads a picture's content: an `https` URL, a `data:` URL, or bare base64 that begins as a picture does; else null. */
export function readPicture(content: string): Picture | null {
  const head = DATA_URL.exec(content.slice(0, 200));
  if (head !== null) {
    const format = head[1]?.toLowerCase() ?? "";
    const data = content.slice(head[0].length);
    const encoding = head[3] === undefined ? "percent" : "base64";
    if (data === "" || (encoding === "base64" && !isBase64(data))) return null;
    return { kind: "data", format: format === "jpg" ? "jpeg" : (format as PictureFormat), encoding, data }; // the pattern allows no other
  }
  if (/^https:\/\/\S+$/i.test(content))
    return URL.canParse(content) ? { kind: "address", url: content } : null;
  const format = isBase64(content) ? formatOf(content) : null;
  return format === null ? null : { kind: "data", format, encoding: "base64", data: content };
}

/** What stands in `src` of an `<img>` that shows this content, or null where it is no picture that may be shown. */
export function pictureSource(content: string): string | null {
  const picture = readPicture(content);
  if (picture === null) return null;
  if (picture.kind === "address") return picture.url;
  const base64 = picture.encoding === "base64";
  return `data:image/${picture.format}${base64 ? ";base64" : ""},${base64 ? picture.data.replace(/\s+/g, "") : picture.data}`;
}

/** Two scans and no backtracking: a megabyte of anything is judged in linear time. */
function isBase64(text: string): boolean {
  return !/[^A-Za-z0-9+/=\s]/.test(text) && !/=[^=\s]/.test(text);
}

/** The format whose first bytes these are. */
function formatOf(base64: string): PictureFormat | null {
  const first = base64.slice(0, 64).replace(/\s+/g, "").slice(0, 16);
  if (first.length < 16 || first.includes("=")) return null;
  const bytes = atob(first);
  if (bytes.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (bytes.startsWith("\xff\xd8\xff")) return "jpeg";
  if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a")) return "gif";
  return bytes.startsWith("RIFF") && bytes.slice(8, 12) === "WEBP" ? "webp" : null;
}
