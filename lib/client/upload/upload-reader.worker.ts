import { extractText, type UploadType } from "./extract-text";
import type { Read } from "./read-upload";
import { UploadError } from "./upload-error";

addEventListener("message", ({ data }: MessageEvent<{ bytes: ArrayBuffer; type: UploadType }>) => {
  void read(data.bytes, data.type).then((answer) => postMessage(answer));
});

async function read(bytes: ArrayBuffer, type: UploadType): Promise<Read> {
  try {
    return { text: await extractText(new Uint8Array(bytes), type) };
  } catch (error) {
    return error instanceof UploadError
      ? { problem: error.problem, message: error.message }
      : { problem: "broken", message: "This file can’t be read." };
  }
}
