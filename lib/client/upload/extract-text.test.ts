import { Document, HeadingLevel, Packer, Paragraph, TextRun } from "docx";
import { zipSync, strToU8 } from "fflate";
import PDFDocument from "pdfkit";
import { describe, expect, it } from "vitest";
import { extractText } from "./extract-text";
import { MAX_UPLOAD_BYTES, uploadType } from "./read-upload";
import type { UploadType } from "./upload-type";

const utf8 = (text: string) => new TextEncoder().encode(text);
const DAMAGED = utf8("PK\u0003\u0004 and then nothing that makes sense");

async function docx(): Promise<Uint8Array> {
  const document = new Document({
    sections: [
      {
        children: [
          new Paragraph({ text: "The lighthouse", heading: HeadingLevel.HEADING_1 }),
          new Paragraph({
            children: [
              new TextRun("Nobody had lit it "),
              new TextRun({ text: "for years", bold: true }),
              new TextRun(". Ελλάδα, Україна."),
            ],
          }),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function pdf(
  draw: (document: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Uint8Array> {
  const document = new PDFDocument(options);
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  draw(document);
  document.end();
  return new Promise((resolve) => document.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks)))));
}

const problem = (bytes: Uint8Array, type: UploadType) =>
  extractText(bytes, type).then(
    (text) => `read: ${text}`,
    (error: unknown) => (error as { problem: string }).problem,
  );

describe("the text of a file", () => {
  it.each([
    ["UTF-8 with its mark", utf8("\uFEFFCafé\r\n\r\n\r\n\r\nЩо?")],
    ["UTF-16, little end first", new Uint8Array(Buffer.from("\uFEFFCafé\n\nЩо?", "utf16le"))],
    ["UTF-16, big end first", new Uint8Array(Buffer.from("\uFEFFCafé\n\nЩо?", "utf16le").swap16())],
  ])("in %s is read", async (_name, bytes) => {
    expect(await extractText(bytes, "txt")).toBe("Café\n\nЩо?");
  });

  it("in an old Western encoding is read too", async () => {
    expect(await extractText(new Uint8Array([0x43, 0x61, 0x66, 0xe9]), "txt")).toBe("Café");
  });

  it("in an old Cyrillic encoding is told from a Western one", async () => {
    const bytes = (text: string) =>
      new Uint8Array(
        [...text].map((letter) => (letter === " " || letter === "." ? 0x20 : letter.charCodeAt(0) - 0x350)),
      );
    expect(await extractText(bytes("Маяк давно погас"), "txt")).toBe("Маяк давно погас");
    const western = new Uint8Array(Buffer.from("Un été déjà passé", "latin1"));
    expect(await extractText(western, "txt")).toBe("Un été déjà passé");
  });

  it("of a Word document keeps headings and emphasis", async () => {
    expect(await extractText(await docx(), "docx")).toBe(
      "# The lighthouse\n\nNobody had lit it **for years**. Ελλάδα, Україна.",
    );
  });

  it("of a PDF is that of all its pages", async () => {
    const bytes = await pdf((document) => {
      document.text("The first page.");
      document.addPage().text("The second page.");
    });
    expect(await extractText(bytes, "pdf")).toBe("The first page.\n\nThe second page.");
  });

  it("of a web page is its words: nothing runs, nothing is fetched", async () => {
    const html = `<title>x</title><script>globalThis.ran = true</script><style>p { color: red }</style>
      <h1>The lighthouse</h1><p onclick="alert(1)">Nobody <em>knew</em>.<img src="https://example.com/spy.png">
      <a href="javascript:alert(1)">Why</a></p><ul><li>one</li><li>two</li></ul>`;
    const text = await extractText(utf8(html), "html");
    expect(text).toContain("# The lighthouse\n\nNobody *knew*.");
    expect(text).toContain("- one\n- two");
    expect(text).not.toMatch(/script|color|spy|onclick|alert/);
    expect("ran" in globalThis).toBe(false);
  });
});

describe("a file that can't be used says why", () => {
  it("a scan has no text", async () => {
    expect(await problem(await pdf((document) => document.rect(10, 10, 50, 50).fill("black")), "pdf")).toBe(
      "empty",
    );
  });

  it("a PDF with a password", async () => {
    const bytes = await pdf((document) => document.text("secret"), { userPassword: "x", pdfVersion: "1.7" });
    expect(await problem(bytes, "pdf")).toBe("encrypted");
  });

  it("a Word document with a password, or an old one", async () => {
    expect(await problem(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), "docx")).toBe("encrypted");
  });

  it.each<[string, Uint8Array, UploadType]>([
    ["a damaged Word document", DAMAGED, "docx"],
    ["a ZIP that is no Word document", zipSync({ "a.txt": strToU8("hello") }), "docx"],
    ["a damaged PDF", DAMAGED, "pdf"],
    ["a picture called text", new Uint8Array([0x89, 0x50, 0, 0, 0, 0]), "txt"],
  ])("%s", async (_name, bytes, type) => {
    expect(await problem(bytes, type)).toBe("broken");
  });

  it.each<[string, Uint8Array, UploadType]>([
    ["an empty text", utf8(" \n\t "), "txt"],
    ["a page of scripts", utf8("<script>1</script>"), "html"],
  ])("%s", async (_name, bytes, type) => {
    expect(await problem(bytes, type)).toBe("empty");
  });

  it("a small file that unpacks to a huge one, before it is unpacked", async () => {
    const bomb = zipSync({
      "word/document.xml": new Uint8Array(100 * 1_048_576),
      "[Content_Types].xml": strToU8("<x/>"),
    });
    expect(bomb.length).toBeLessThan(1_048_576);
    expect(await problem(bomb, "docx")).toBe("too_large");
  });

  it("a huge part that says it is small", async () => {
    const bomb = zipSync({
      "word/document.xml": new Uint8Array(8 * 1_048_576),
      "[Content_Types].xml": strToU8("<x/>"),
    });
    const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength);
    for (let at = 0; at + 46 < bomb.length; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true);
      if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 100, true);
    }
    expect(await problem(bomb, "docx")).toBe("broken");
  });

  it("markup nested without end", async () => {
    expect(await problem(utf8(`${"<div>".repeat(300_000)}x`), "html")).toMatch(/^(broken|read: x)$/);
  });
});

describe("what is chosen", () => {
  it("is known by its name, large or small letters", () => {
    expect(uploadType({ name: "Chapter.ONE.DOCX", size: 1 })).toBe("docx");
    expect(uploadType({ name: "a.htm", size: 1 })).toBe("html");
  });

  it.each([
    ["another type", "a.exe", 1, "type"],
    ["a name without an end", "chapter", 1, "type"],
    ["more than 5 MB", "a.txt", MAX_UPLOAD_BYTES + 1, "too_large"],
    ["nothing", "a.txt", 0, "empty"],
  ])("%s is refused", (_what, name, size, reason) => {
    expect(() => uploadType({ name, size })).toThrow(expect.objectContaining({ problem: reason }));
  });
});
