import "server-only";
import type { Project } from "@/lib/contract/workspace";

/** Who wrote it, where that was no person and no model: shown beside the text, and in every file made of it. */
export function labelOf(metadata: Project["metadata"]): string | null {
  const label = metadata?.label;
  return typeof label === "string" && label.trim() !== "" ? label.trim().slice(0, 200) : null;
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
