import { describe, expect, it } from "vitest";
import { isPictureType, pictureSource, readPicture } from "./picture";

const base64 = (bytes: string) => Buffer.from(bytes, "latin1").toString("base64");
const PNG = base64("\x89PNG\r\n\x1a\n" + "\0".repeat(20));
const JPEG = base64("\xff\xd8\xff\xe0" + "\0".repeat(20));
const GIF = base64("GIF89a" + "\0".repeat(20));
const WEBP = base64("RIFF\x10\0\0\0WEBPVP8 " + "\0".repeat(20));

describe("a picture's content", () => {
  it.each([
    ["bare PNG", PNG, "png"],
    ["bare JPEG", JPEG, "jpeg"],
    ["bare GIF", GIF, "gif"],
    ["bare WebP", WEBP, "webp"],
    ["a data URL", `data:image/webp;base64,${WEBP}`, "webp"],
    ["a data URL that says jpg", `data:image/JPG;base64,${JPEG}`, "jpeg"],
    ["a data URL with a parameter", `data:image/png;charset=utf-8;base64,${PNG}`, "png"],
    ["a data URL in percent signs", "data:image/gif,GIF89a%00", "gif"],
    ["base64 in lines", `${PNG.slice(0, 20)}\r\n${PNG.slice(20)}\n`, "png"],
  ])("may be %s", (_name, content, format) => {
    expect(readPicture(content)).toMatchObject({ kind: "data", format });
    expect(pictureSource(content)).toMatch(new RegExp(`^data:image/${format}[;,]\\S+$`));
  });

  it("may be an https address, which is shown as it is", () => {
    expect(pictureSource("https://pictures.example/a.png?size=1")).toBe(
      "https://pictures.example/a.png?size=1",
    );
  });

  it.each([
    ["SVG", "data:image/svg+xml;base64,PHN2Zy8+"],
    ["SVG as itself", "<svg onload='alert(1)'/>"],
    ["HTML", "data:text/html;base64,PGI+"],
    ["http", "http://pictures.example/a.png"],
    ["a script", "javascript:alert(1)"],
    ["an address with a space", "https://pictures.example/a b"],
    ["an address without a host", "https://"],
    ["base64 of something else", base64("not a picture, only words")],
    ["a data URL that is not base64", "data:image/png;base64,<script>"],
    ["an empty data URL", "data:image/png;base64,"],
    ["words", "a lighthouse at night"],
    ["nothing", ""],
  ])("is never %s", (_name, content) => {
    expect(readPicture(content)).toBeNull();
    expect(pictureSource(content)).toBeNull();
  });

  it("is judged at once, however large and wrong it is", () => {
    for (const content of [
      " ".repeat(2_000_000) + "!",
      "A".repeat(2_000_000) + "=x",
      "=".repeat(2_000_000),
    ]) {
      expect(readPicture(content)).toBeNull();
    }
  });

  it("is asked of the four kinds of project that are pictures", () => {
    expect(["ai_image", "ai_artwork", "ai_art", "image", "AI_Image"].every(isPictureType)).toBe(true);
    expect(["text", "story", "images", ""].some(isPictureType)).toBe(false);
  });
});
