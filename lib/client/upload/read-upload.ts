import { countWords } from "@/lib/contract/word-count";
import { UPLOAD_TYPES, type UploadType } from "./extract-text";
import { UploadError, type UploadProblem } from "./upload-error";

export const MAX_UPLOAD_BYTES = 5 * 1_048_576;
/** What a file chooser offers. */
export const UPLOAD_ACCEPT = [...UPLOAD_TYPES.map((type) => `.${type}`), ".markdown", ".htm"].join(",");

/** A file that takes longer was made to. */
const PATIENCE_MS = 30_000;
const OTHER_NAMES: Record<string, UploadType> = { markdown: "md", htm: "html", text: "txt" };

export interface Upload {
  name: string;
  /** Markdown. */
  text: string;
  words: number;
}

/** What the reader says back. */
export type Read = { text: string } | { problem: UploadProblem; message: string };

/**
 * Reads a file that a person has chosen. The file itself never leaves the browser: a worker reads it, apart from the
 * page, and is ended when it takes too long.
 * @throws UploadError
 */
export async function readUpload(file: File, signal?: AbortSignal): Promise<Upload> {
  const type = uploadType(file);
  const read = await inWorker(await file.arrayBuffer(), type, signal);
  if ("problem" in read) throw new UploadError(read.problem, read.message);
  return { name: file.name, text: read.text, words: countWords(read.text) };
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

async function inWorker(bytes: ArrayBuffer, type: UploadType, signal?: AbortSignal): Promise<Read> {
  const worker = new Worker(new URL("./upload-reader.worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<Read>();
  const slow: Read = { problem: "too_large", message: "This file takes too long to read." };
  const damaged: Read = { problem: "broken", message: "This file can’t be read." };
  const timer = setTimeout(() => resolve(slow), PATIENCE_MS);
  const stop = () => reject(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  worker.addEventListener("message", ({ data }: MessageEvent<Read>) => resolve(data));
  worker.addEventListener("error", () => resolve(damaged));
  worker.addEventListener("messageerror", () => resolve(damaged));
  worker.postMessage({ bytes, type }, [bytes]);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    worker.terminate();
  }
}
