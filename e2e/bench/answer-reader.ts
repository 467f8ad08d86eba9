/** Finds where an HTTP/1.1 answer ends; as much of the protocol as a load on our own servers needs, and no more. */
export class AnswerReader {
  #held: Buffer | null = null;

  /** Takes what arrived. Answers the status once the answer is whole, until then null. */
  read(chunk: Buffer): number | null {
    const bytes = this.#held === null ? chunk : Buffer.concat([this.#held, chunk]);
    const headEnd = bytes.indexOf("\r\n\r\n");
    const end = headEnd < 0 ? -1 : endOf(bytes, headEnd + 4);
    if (end < 0 || end > bytes.length) {
      this.#held = bytes;
      return null;
    }
    this.#held = null;
    return statusOf(bytes);
  }
}

/** "HTTP/1.1 200 …" */
function statusOf(bytes: Buffer): number {
  return Number(bytes.toString("latin1", 9, 12));
}

/** The index behind the body, -1 where that can't be known yet. */
function endOf(bytes: Buffer, bodyStart: number): number {
  const status = statusOf(bytes);
  if (status === 204 || status === 304) return bodyStart;
  const head = bytes.toString("latin1", 0, bodyStart).toLowerCase();
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
  if (length !== undefined) return bodyStart + Number(length);
  return endOfChunks(bytes, bodyStart);
}

function endOfChunks(bytes: Buffer, start: number): number {
  for (let at = start; ;) {
    const line = bytes.indexOf("\r\n", at);
    if (line < 0) return -1;
    const size = Number.parseInt(bytes.toString("latin1", at, line), 16);
    at = line + 2 + size + 2;
    if (size === 0) return at;
    if (at > bytes.length) return -1;
  }
}
