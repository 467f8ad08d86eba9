import { crc32, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { drawPicture } from "./draw-picture";

/** The chunks of a PNG by name; throws where a checksum is wrong. */
function chunksOf(png: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    if (crc32(body) !== png.readUInt32BE(at + 8 + length)) throw new Error("a checksum is wrong");
    chunks.set(body.toString("latin1", 0, 4), body.subarray(4));
    at += length + 12;
  }
  return chunks;
}

describe("drawPicture", () => {
  it("draws a PNG whose every pixel has a colour", () => {
    const chunks = chunksOf(drawPicture("A lighthouse", 64));
    expect([...chunks.keys()]).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
    const rows = inflateSync(chunks.get("IDAT")!);
    expect(rows).toHaveLength(65 * 64);
    const colours = chunks.get("PLTE")!.length / 3;
    expect(Math.max(...rows)).toBeLessThan(colours);
  });

  it("draws the same words the same, and other words otherwise", () => {
    expect(drawPicture("A lighthouse", 64).equals(drawPicture("A lighthouse", 64))).toBe(true);
    expect(drawPicture("A lighthouse", 64).equals(drawPicture("Two lighthouses", 64))).toBe(false);
  });

  it("is small enough for the workspace of a person, whatever the words", () => {
    for (const words of ["night", "sea", "forest", "fire", "", "👩‍🚀", "x".repeat(300)]) {
      expect(drawPicture(words, 512).length).toBeLessThan(20_000);
    }
  });
});
