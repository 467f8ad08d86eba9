import { describe, expect, it } from "vitest";
import { labelOf, toFilename } from "./project-file";

describe("who wrote a text that no person and no model wrote", () => {
  it("is said by its metadata, and by nothing that is no text", () => {
    expect(labelOf({ label: " Demo writer: rule-based, no AI " })).toBe("Demo writer: rule-based, no AI");
    for (const label of ["", "  ", 7, null, { a: 1 }]) expect(labelOf({ label })).toBeNull();
    expect(labelOf(null)).toBeNull();
  });
});

describe("the name of a file", () => {
  it.each([
    ["Über den Wölken — 山の上", "Über den Wölken — 山の上"],
    ['a/b\\c:d*e?f"g<h>i|j', "a b c d e f g h i j"],
    ["../../etc/passwd", "etc passwd"],
    ["hidden \u202etxt.exe", "hidden txt.exe"],
    ["dots...", "dots"],
    ["line\nbreak", "line break"],
    ["   ", "JHSHDU"],
    ["CON", "JHSHDU"],
  ])("of %j is %j", (title, name) => {
    expect(toFilename(title, "JHSHDU")).toBe(name);
  });

  it("is cut between characters, to what a file system takes", () => {
    const name = toFilename("😀".repeat(100), "JHSHDU");
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
    expect(name).toBe("😀".repeat(45));
  });
});
