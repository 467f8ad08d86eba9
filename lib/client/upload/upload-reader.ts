import { countWords } from "@/lib/contract/word-count";
import { extractText } from "./extract-text";
import { NOT_LOADED, UploadError, type UploadProblem } from "./upload-error";
import type { UploadType } from "./upload-type";

/*
 * The thread that reads a file, bundled by `server/build-upload-reader.ts`. It reads one file and is ended: whatever a file
 * does to it, the page goes on.
 */

export interface ReadAsk {
  readonly bytes: Uint8Array;
  readonly type: UploadType;
}

export type ReadAnswer =
  | { readonly text: string; readonly words: number }
  | { readonly problem: UploadProblem; readonly message: string };

async function answer({ bytes, type }: ReadAsk): Promise<ReadAnswer> {
  try {
    const text = await extractText(bytes, type);
    return { text, words: countWords(text) };
  } catch (error) {
    if (error instanceof UploadError) return { problem: error.problem, message: error.message };
    return { problem: "reader", message: NOT_LOADED }; // whatever is wrong with a file has its sentence
  }
}

// The answer has a way of its own: what reads PDFs says things of its own on the thread's.
addEventListener("message", ({ data, ports: [way] }: MessageEvent<ReadAsk>) =>
  answer(data).then((read) => way?.postMessage(read)),
);
