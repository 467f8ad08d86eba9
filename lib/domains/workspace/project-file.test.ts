import { describe, expect, it } from "vitest";
import type { Project } from "@/lib/contract/workspace";
import { renderProjectFile, toFilename } from "./project-file";
import { toSafeMarkdown } from "./safe-markdown";

function project(changes: Partial<Project>): Project {
  return {
    ...{
      code: "JHSHDU",
      id: "JHSHDU",
      project_code: "JHSHDU",
      title: "The Lighthouse",
      content: "One.\n\nTwo.",
    },
    ...{
      app_source: "penora",
      project_type: "text",
      metadata: null,
      size_bytes: 10,
      size_mb: 0,
      file_size_mb: 0,
    },
    ...{ word_count: 2, version: 1, created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z" },
    ...changes,
  };
}

describe("a project as a file", () => {
  it("is the text alone as TXT, and the text under its title as Markdown", () => {
    expect(renderProjectFile(project({}), "txt")).toEqual({
      filename: "The Lighthouse.txt",
      contentType: "text/plain; charset=utf-8",
      content: "One.\n\nTwo.\n",
    });
    expect(renderProjectFile(project({}), "md")).toEqual({
      filename: "The Lighthouse.md",
      contentType: "text/markdown; charset=utf-8",
      content: "# The Lighthouse\n\nOne.\n\nTwo.\n",
    });
  });

  it("says who wrote it, where that was the demo writer", () => {
    const demo = project({ metadata: { label: "Demo writer: rule-based, no AI" } });
    expect(renderProjectFile(demo, "txt").content).toContain("— Demo writer: rule-based, no AI");
    expect(renderProjectFile(demo, "md").content).toContain("*Demo writer: rule-based, no AI*");
  });

  it("is a picture's own bytes in their own type, whichever format is asked", () => {
    const bytes = Buffer.from("\x89PNG\r\n\x1a\n and more of it", "latin1");
    const file = renderProjectFile(
      project({
        project_type: "ai_image",
        title: "Sea",
        content: `data:image/png;base64,${bytes.toString("base64")}`,
      }),
      "md",
    );
    expect(file).toMatchObject({ filename: "Sea.png", contentType: "image/png" });
    expect(Buffer.from(file.content as Uint8Array)).toEqual(bytes);
    const escaped = renderProjectFile(
      project({ project_type: "image", content: "data:image/gif,GIF89a%00%ff" }),
      "txt",
    );
    expect(Buffer.from(escaped.content as Uint8Array)).toEqual(Buffer.from("GIF89a\0\xff", "latin1"));
  });

  it("is the address of a picture that lives elsewhere: our server fetches nothing", () => {
    const file = renderProjectFile(
      project({ project_type: "ai_image", content: "https://pictures.example/a.png" }),
      "md",
    );
    expect(file).toMatchObject({
      contentType: "text/plain; charset=utf-8",
      content: "https://pictures.example/a.png\n",
    });
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

describe("a text as Markdown", () => {
  it.each([
    ["<script>alert(1)</script>", "\\<script>alert(1)\\</script>"],
    ["1 < 2 and <3", "1 < 2 and <3"],
    ["\\<b>", "\\<b>"],
    ["\\\\<b>", "\\\\\\<b>"],
    ["[x](javascript:alert(1))", "[x\\](javascript:alert(1))"],
    ["[x\\](javascript:alert(1))", "[x\\](javascript:alert(1))"],
    ["[x](&#106;avascript:alert(1))", "[x\\](\\&#106;avascript:alert(1))"],
    [
      "[x](https://example.org) [y](mailto:a@example.org)",
      "[x](https://example.org) [y](mailto:a@example.org)",
    ],
    ["[x]: javascript:alert(1)", "[x\\]: javascript:alert(1)"],
    ["![x](data:image/svg+xml,y)", "![x\\](data:image/svg+xml,y)"],
    ["# Heading\n\n*emphasis*", "# Heading\n\n*emphasis*"],
    ["Roses are red,\r\nviolets are blue.", "Roses are red,  \nviolets are blue."],
  ])("of %j is %j", (text, markdown) => {
    expect(toSafeMarkdown(text)).toBe(markdown);
  });

  it("is made at once of whatever would make a pattern start over and over", () => {
    for (const one of ["\\", "[", "](", " ", "<", "&"])
      expect(toSafeMarkdown(one.repeat(500_000)).length).toBeGreaterThan(0);
  });
});
