import { countWords } from "@/lib/contract/word-count";
import { UploadError } from "./upload-error";
import { UPLOAD_TYPES, type UploadType } from "./upload-type";

export const MAX_UPLOAD_BYTES = 5 * 1_048_576;
/** What a file chooser offers. */
export const UPLOAD_ACCEPT = [...UPLOAD_TYPES.map((type) => `.${type}`), ".markdown", ".htm"].join(",");

const OTHER_NAMES: Record<string, UploadType> = { markdown: "md", htm: "html", text: "txt" };

export interface Upload {
  name: string;
  /** Markdown. */
  text: string;
  words: number;
}

/**
 * Reads a file that a person has chosen. The file itself never leaves the browser; what reads it comes with the first file.
 * @throws UploadError
 */
export async function readUpload(file: File): Promise<Upload> {
  const type = uploadType(file);
  const { extractText } = await import("./extract-text");
  const text = await extractText(new Uint8Array(await file.arrayBuffer()), type);
  return { name: file.name, text, words: countWords(text) };
}

/** @throws UploadError where a file of this name and size can't be read. */
export function uploadType({ name, size }: { name: string; size: number }): UploadType {
  const end = name.toLowerCase().split(".").pop() ?? "";
  const type = OTHER_NAMES[end] ?? UPLOAD_TYPES.find((one) => one === end);
  if (type === undefined) throw new UploadError("type", "Only .txt, .md, .docx, .pdf and .html can be read.");
  if (size > MAX_UPLOAD_BYTES) throw new UploadError("too_large", "A file may have at most 5 MB.");
  if (size === 0) throw new UploadError("empty", "This file is empty.");
  return type;
}
