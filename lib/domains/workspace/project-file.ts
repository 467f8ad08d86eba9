import "server-only";
import type { DownloadFormat } from "@/lib/contract/my-workspace";
import { isPictureType, type Picture, readPicture } from "@/lib/contract/picture";
import type { Project } from "@/lib/contract/workspace";
import { escapeMarkdownLine, toSafeMarkdown } from "./safe-markdown";

/** A project as a file to keep. */
export interface ProjectFile {
  readonly filename: string;
  readonly contentType: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/**
 * A text as TXT or Markdown, a picture as its own bytes; a picture that lives elsewhere as its address, for our server
 * fetches nothing. Whoever wrote the text without being a person or a model is named at its end.
 */
export function renderProjectFile(project: Project, format: DownloadFormat): ProjectFile {
  const content = project.content ?? "";
  const name = toFilename(project.title, project.code);
  const picture = isPictureType(project.project_type) ? readPicture(content) : null;
  if (picture?.kind === "data") return pictureFile(picture, name);
  const label = labelOf(project.metadata);
  if (format === "md" && picture === null) {
    const parts = [`# ${escapeMarkdownLine(project.title) || project.code}`, toSafeMarkdown(content)];
    if (label !== null) parts.push(`*${escapeMarkdownLine(label)}*`);
    return { filename: `${name}.md`, contentType: "text/markdown; charset=utf-8", content: joinParts(parts) };
  }
  const parts = label === null ? [content] : [content, `— ${label}`];
  return { filename: `${name}.txt`, contentType: "text/plain; charset=utf-8", content: joinParts(parts) };
}

/** Who wrote it, where that was no person and no model: shown beside the text, and in every file made of it. */
export function labelOf(metadata: Project["metadata"]): string | null {
  const label = metadata?.label;
  return typeof label === "string" && label.trim() !== "" ? label.trim().slice(0, 200) : null;
}

function joinParts(parts: string[]): string {
  return `${parts.map((part) => part.replace(/\n+$/, "")).join("\n\n")}\n`;
}

function pictureFile(picture: Extract<Picture, { kind: "data" }>, name: string): ProjectFile {
  return {
    filename: `${name}.${picture.format === "jpeg" ? "jpg" : picture.format}`,
    contentType: `image/${picture.format}`,
    content: bytesOf(picture),
  };
}

function bytesOf({ encoding, data }: Extract<Picture, { kind: "data" }>): Uint8Array<ArrayBuffer> {
  if (encoding === "base64") return new Uint8Array(Buffer.from(data, "base64"));
  const bytes = data.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return new Uint8Array(Buffer.from(bytes, "latin1"));
}

/** What no file system takes, what would hide a name's end, and what turns the direction of reading. */
const UNFIT = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff<>:"/\\|?*]+/g;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
/** UTF-8 bytes, so that the name with its ending fits the 255 of common file systems. */
const MAX_NAME_BYTES = 180;

/** A title as the name of a file, its Unicode kept. */
export function toFilename(title: string, code: string): string {
  const spaced = title.replace(UNFIT, " ").replace(/\s+/g, " ");
  let name = "";
  let bytes = 0;
  for (const character of spaced.replace(/^[\s.]+/, "")) {
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_NAME_BYTES) break;
    name += character;
  }
  name = name.replace(/[\s.]+$/, "");
  return name === "" || RESERVED.test(name) ? code : name;
}
