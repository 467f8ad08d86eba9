import "server-only";
import { inflateSync } from "node:zlib";
import { type Picture, readPicture } from "@/lib/contract/picture";
import type { PictureSource } from "./document";

export type Bytes = Extract<PictureSource, { kind: "bytes" }>;
type DataPicture = Extract<Picture, { kind: "data" }>;

/** A side longer than this is no picture that a page can hold. */
const MAX_SIDE = 20_000;
/** What a PNG may unfold to: 4 bytes each for some 16 million points. */
const MAX_UNFOLDED_BYTES = 64 * 1_048_576;

/** The bytes of a picture that was saved with them. */
export function bytesOfPicture({ encoding, data }: DataPicture): Uint8Array<ArrayBuffer> {
  if (encoding === "base64") return new Uint8Array(Buffer.from(data, "base64"));
  const bytes = data.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return new Uint8Array(Buffer.from(bytes, "latin1"));
}

/**
 * A picture's content as something to show: its bytes with their size, or the address at which it lies. Null where it is
 * neither, or where its first bytes are not those of the format that it says.
 */
export function readSource(content: string): PictureSource | null {
  const picture = readPicture(content);
  if (picture === null) return null;
  if (picture.kind === "address") return { kind: "address", url: picture.url };
  const bytes = bytesOfPicture(picture);
  const found = measure(bytes);
  if (found === null || found.width < 1 || found.height < 1) return null;
  return Math.max(found.width, found.height) > MAX_SIDE ? null : { kind: "bytes", bytes, ...found };
}

type Measured = Pick<Bytes, "format" | "width" | "height">;

/** Format and size as the bytes say: what a name says of them is not asked. */
function measure(bytes: Uint8Array): Measured | null {
  if (bytes.length < 30) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n"))
    return { format: "png", width: view.getUint32(16), height: view.getUint32(20) };
  if (/^GIF8[79]a/.test(head))
    return { format: "gif", width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) return measureWebp(view, head.slice(12, 16));
  return head.startsWith("\xff\xd8\xff") ? measureJpeg(view) : null;
}

function measureWebp(view: DataView, kind: string): Measured | null {
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (kind === "VP8X") return { format: "webp", width: uint24(24) + 1, height: uint24(27) + 1 };
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { format: "webp", width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (kind !== "VP8 ") return null;
  return {
    format: "webp",
    width: view.getUint16(26, true) & 0x3fff,
    height: view.getUint16(28, true) & 0x3fff,
  };
}

function measureJpeg(view: DataView): Measured | null {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { format: "jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** True where a PNG unfolds to what its head promises: a drawer that finds less may end the process. */
export function isSoundPng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString("latin1");
    if (at + 12 + length > bytes.length) return false;
    if (type === "IDAT") parts.push(bytes.subarray(at + 8, at + 8 + length));
    if (type === "IEND") break;
    at += 12 + length;
  }
  const bitsOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
  const channels = bitsOf[view.getUint8(25)];
  const interlaced = view.getUint8(28) !== 0;
  if (channels === undefined || parts.length === 0) return false;
  const line = Math.ceil((view.getUint32(16) * channels * view.getUint8(24)) / 8) + 1;
  const promised = line * view.getUint32(20);
  if (promised > MAX_UNFOLDED_BYTES) return false;
  try {
    const unfolded = inflateSync(Buffer.concat(parts), { maxOutputLength: MAX_UNFOLDED_BYTES });
    return interlaced ? unfolded.length > 0 : unfolded.length >= promised;
  } catch {
    return false;
  }
}
