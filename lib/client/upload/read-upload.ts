import { NOT_LOADED, UploadError } from "./upload-error";
import type { ReadAnswer, ReadAsk } from "./upload-reader";
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

/** The thread that reads; `server/build-upload-reader.ts` puts it there. */
const READER = "/upload/reader.mjs";
/** The longest book that is read at all takes a fraction of this, also on a slow computer. */
const LONGEST_MS = 60_000;

/**
 * Reads a file that a person has chosen, in a thread of its own: the page can be used meanwhile, and a file that takes too
 * long is given up with its thread. The file itself never leaves the browser; what reads it comes with the first file.
 * @throws UploadError; the reason of `signal` where that ended it.
 */
export async function readUpload(file: File, signal?: AbortSignal): Promise<Upload> {
  const type = uploadType(file);
  const bytes = await readBytes(file);
  signal?.throwIfAborted();
  const answer = await askReader({ bytes, type }, signal);
  if ("problem" in answer) throw new UploadError(answer.problem, answer.message);
  return { name: file.name, ...answer };
}

async function readBytes(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new UploadError("broken", "This computer does not let the file be read.", { cause });
  }
}

function askReader(ask: ReadAsk, signal: AbortSignal | undefined): Promise<ReadAnswer> {
  const reader = new Worker(READER, { type: "module" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const answer = new Promise<ReadAnswer>((resolve, reject) => {
    const late = new UploadError(
      "slow",
      "This file takes too long to read. Save its text as .txt, and try that.",
    );
    timer = setTimeout(() => reject(late), LONGEST_MS);
    const stop = () => reject(signal?.reason as Error);
    signal?.addEventListener("abort", stop, { once: true });
    const { port1: ours, port2: theirs } = new MessageChannel();
    ours.onmessage = ({ data }: MessageEvent<ReadAnswer>) => resolve(data);
    reader.onerror = (event) => {
      event.preventDefault();
      reject(new UploadError("reader", NOT_LOADED));
    };
    reader.postMessage(ask, [ask.bytes.buffer, theirs]);
  });
  return answer.finally(() => {
    clearTimeout(timer);
    reader.terminate();
  });
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
