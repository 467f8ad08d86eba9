import { expect, type Page, test } from "@playwright/test";
import { Document, HeadingLevel, Packer, Paragraph, TextRun } from "docx";
import { strToU8, zipSync } from "fflate";
import PDFDocument from "pdfkit";
import { complaintsOf, newPerson, signIn } from "./hub";

/** A slow machine fetches what reads a file, and reads it. */
const READ = { timeout: 30_000 };
const MEGABYTE = 1_048_576;

const chooser = (page: Page) => page.getByLabel("File to read");
const problem = (page: Page) => page.getByRole("alert").filter({ hasText: "This file can’t be used" });
const choose = (page: Page, name: string, content: string | Uint8Array) =>
  chooser(page).setInputFiles({ name, mimeType: "", buffer: Buffer.from(content) });

/** The page with the tools, and all that it sends. */
async function open(page: Page, at = "/writing-tools") {
  const complaints = complaintsOf(page);
  const sent: string[] = [];
  page.on("request", (request) => request.method() !== "GET" && sent.push(request.url()));
  const person = newPerson();
  await signIn(page, person);
  await page.goto(at);
  return { complaints, sent };
}

async function docx(): Promise<Buffer> {
  const children = [
    new Paragraph({ text: "Маяк", heading: HeadingLevel.HEADING_1 }),
    new Paragraph({
      children: [new TextRun("Nobody had lit it "), new TextRun({ text: "for years", bold: true })],
    }),
  ];
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

function pdf(draw: (document: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}) {
  const document = new PDFDocument(options);
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  draw(document);
  document.end();
  return new Promise<Buffer>((resolve) => document.on("end", () => resolve(Buffer.concat(chunks))));
}

test("each kind of file becomes a text to work on, and nothing is sent for it", async ({ page }) => {
  const { complaints, sent } = await open(page);
  const files: [string, string | Uint8Array, string][] = [
    ["utf8.txt", "\uFEFFCafé\r\n\r\nЩо?", "Café\n\nЩо?"],
    ["utf16.txt", Buffer.from("\uFEFFCafé — Що?", "utf16le"), "Café — Що?"],
    ["cyrillic.txt", Buffer.from([0xcc, 0xe0, 0xff, 0xea, 0x20, 0xef, 0xee, 0xe3, 0xe0, 0xf1]), "Маяк погас"],
    ["notes.md", "# Notes\n\nThe keeper is **Ines**.", "# Notes\n\nThe keeper is **Ines**."],
    ["log.html", "<h1>Log</h1><p>It <em>burned</em>.</p><script>alert(1)</script>", "# Log\n\nIt *burned*."],
    ["book.docx", await docx(), "# Маяк\n\nNobody had lit it **for years**"],
    ["book.pdf", await pdf((document) => document.text("The light was out.")), "The light was out."],
  ];
  for (const [name, content, text] of files) {
    await choose(page, name, content);
    await expect(page.getByText(new RegExp(`^${name}: \\d+ words?$`)), name).toBeVisible(READ);
    await expect(
      page.getByText("As material, all of it is sent with each request. That changes no price."),
    ).toBeVisible();
    await page.getByRole("button", { name: "Work on this text" }).click();
    await expect(page.getByLabel("Your text"), name).toHaveValue(text);
  }
  expect(sent).toEqual([]);
  expect(complaints).toEqual([]);
});

test("a file that can't be used says why, and that nothing was charged", async ({ page }) => {
  test.setTimeout(120_000);
  const { complaints, sent } = await open(page);
  const bomb = {
    "word/document.xml": new Uint8Array(160 * MEGABYTE),
    "[Content_Types].xml": strToU8("<x/>"),
  };
  const liar = Buffer.from(
    zipSync({ "word/document.xml": new Uint8Array(8 * MEGABYTE), "[Content_Types].xml": strToU8("<x/>") }),
  );
  for (let at = 0; at + 46 < liar.length; at++) {
    if (liar.readUInt32LE(at) === 0x02014b50) liar.writeUInt32LE(100, at + 24);
    if (liar.readUInt32LE(at) === 0x04034b50) liar.writeUInt32LE(100, at + 22);
  }
  const files: [string, string | Uint8Array, string][] = [
    ["scan.pdf", await pdf((document) => document.rect(9, 9, 50, 50).fill("black")), "It may be a scan"],
    ["broken.pdf", "nothing", "This is no PDF, or it is damaged."],
    ["broken.docx", zipSync({ "a.txt": strToU8("a") }), "This is no Word document, or it is damaged."],
    [
      "locked.pdf",
      await pdf((d) => d.text("x"), { userPassword: "x", pdfVersion: "1.7" }),
      "protected by a password",
    ],
    ["old.docx", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), "protected by a password, or is an old .doc"],
    ["bomb.docx", zipSync(bomb), "too large when it is unpacked"],
    ["liar.docx", liar, "This is no Word document, or it is damaged."],
    ["large.txt", new Uint8Array(5 * MEGABYTE + 1).fill(0x61), "A file may have at most 5 MB."],
    ["empty.txt", "", "This file is empty."],
    ["picture.txt", Buffer.from([0x89, 0x50, 0, 0]), "This file holds no text."],
    ["book.exe", "x", "Only .txt, .md, .docx, .pdf and .html can be read."],
  ];
  for (const [name, content, why] of files) {
    await choose(page, name, content);
    await expect(problem(page), name).toContainText(why, READ);
    await expect(problem(page)).toContainText(`${name}: `);
    await expect(problem(page)).toContainText("Nothing was charged");
  }
  expect(sent).toEqual([]);
  expect(complaints).toEqual([]);
});

test("a file of 5 MB is read, and the page can be used meanwhile", async ({ page }) => {
  const { complaints } = await open(page);
  const line = "The lighthouse keeper waits for the letter that never came.\n";
  await choose(page, "novel.txt", line.repeat(Math.floor((5 * MEGABYTE) / line.length)));
  await expect(page.getByText(/^novel.txt: [\d,]+ words$/)).toBeVisible(READ);
  await expect(page.getByText(/its first 20,000 of [\d,]+ characters are sent/)).toBeVisible();
  await page.getByRole("button", { name: "Use as material" }).click();
  await expect(page.getByText("Material: novel.txt, 20,000 characters")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a file that never ends to be read can be cancelled, and is given up by itself", async ({ page }) => {
  // A thread that a file keeps busy for ever.
  await page.route("**/upload/reader.mjs", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: "addEventListener('message', () => { for (;;); })",
    }),
  );
  await page.clock.install();
  const { complaints, sent } = await open(page);
  await choose(page, "endless.docx", "x");
  await expect(page.getByText("Reading endless.docx…")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Reading endless.docx…")).toHaveCount(0);
  await expect(problem(page)).toHaveCount(0);
  await choose(page, "endless.docx", "x");
  await expect(page.getByText("Reading endless.docx…")).toBeVisible();
  await page.clock.fastForward("02:00");
  await expect(problem(page)).toContainText("takes too long to read");
  expect(sent).toEqual([]);
  expect(complaints).toEqual([]);
});

test("where what reads files can't be loaded, the page says so", async ({ page }) => {
  await page.route("**/upload/reader.mjs", (route) => route.abort());
  await open(page);
  await choose(page, "notes.md", "x");
  await expect(problem(page)).toContainText("could not be loaded");
});

test("material goes with a prompt, and costs nothing", async ({ page }) => {
  const { complaints } = await open(page, "/single-prompt");
  await page.getByLabel("What should it be about?").fill("A lighthouse keeper");
  await page.getByLabel("Pages").fill("1");
  await choose(page, "world.md", "The keeper is called Ines.");
  await expect(page.getByText("all of it is sent with each page")).toBeVisible(READ);
  await page.getByRole("button", { name: "Use as material" }).click();
  await expect(page.getByText("Material: world.md, 26 characters")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Material: world.md")).toBeVisible();
  const asked = page.waitForRequest((request) => request.url().endsWith("/api/me/generations"));
  await page.getByRole("button", { name: /^Write/ }).click();
  expect((await asked).postDataJSON()).toMatchObject({ pages: 1, context: "The keeper is called Ines." });
  expect(complaints).toEqual([]);
});

test("a story keeps its material, which can be left out later", async ({ page }) => {
  const { complaints } = await open(page, "/story-generator");
  await choose(page, "idea.txt", "Ada keeps a lighthouse.");
  await page.getByRole("button", { name: "Use as the premise" }).click();
  await expect(page.getByLabel("What is the story about?")).toHaveValue("Ada keeps a lighthouse.");
  await choose(page, "world.md", "The keeper is called Ines.");
  await page.getByRole("button", { name: "Use as material" }).click();
  await page.getByRole("button", { name: "Begin the story" }).click();
  await page.waitForURL(/\/story-generator\/./);
  const idea = () =>
    page.getByRole("navigation", { name: "Steps" }).getByRole("button", { name: /Idea/ }).click();
  await idea();
  await expect(page.getByText("26 characters")).toBeVisible();
  await page.getByRole("button", { name: /Leave .* out/ }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("form", { name: "Idea" }).getByText("Saved.")).toBeVisible();
  await page.reload();
  await idea();
  await expect(page.getByLabel("What is the story about?")).toBeVisible();
  await expect(page.getByText("26 characters")).toHaveCount(0);
  expect(complaints).toEqual([]);
});
