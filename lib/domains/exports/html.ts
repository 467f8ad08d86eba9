import "server-only";
import type { ExportDocument, PictureSource } from "./document";
import { escapeMarkup, toMarkup } from "./markup";

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 3rem auto; max-width: 34rem; padding: 0 1.25rem; font: 1.125rem/1.65 Georgia, "Times New Roman", serif; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 0.6em; overflow-wrap: anywhere; }
h1 { margin-top: 0; font-size: 2rem; }
p { margin: 0 0 0.9em; overflow-wrap: break-word; }
.by, .label { color: gray; font-size: 0.95rem; }
.picture { text-align: center; }
img { max-width: 100%; height: auto; }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 3px solid gray; }
pre { overflow-x: auto; padding: 0.75em; border: 1px solid gray; font-size: 0.9em; }
table { border-collapse: collapse; margin: 1em 0; }
th, td { border: 1px solid gray; padding: 0.3em 0.6em; text-align: left; vertical-align: top; }
.center { text-align: center; }
.right { text-align: right; }
hr { border: 0; border-top: 1px solid gray; margin: 2em auto; width: 30%; }
@media print { h2 { break-before: page; } h1 + h2, .by + h2, .label + h2 { break-before: auto; } }
`;

/** One file that needs no other: pictures stand in it, and nothing is loaded from anywhere, whatever it holds. */
export function renderHtml(document: ExportDocument): string {
  const { title, author, label, language, blocks } = document;
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
  return [
    "<!doctype html>",
    `<html lang="${language}" dir="auto">`,
    "<head>",
    '<meta charset="utf-8"/>',
    `<meta http-equiv="Content-Security-Policy" content="${policy}"/>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    `<title>${escapeMarkup(title)}</title>`,
    ...(author === "" ? [] : [`<meta name="author" content="${escapeMarkup(author)}"/>`]),
    '<meta name="generator" content="Penora"/>',
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    `<h1>${escapeMarkup(title)}</h1>`,
    ...(author === "" ? [] : [`<p class="by">${escapeMarkup(author)}</p>`]),
    ...(label === null ? [] : [`<p class="label">${escapeMarkup(label)}</p>`]),
    toMarkup(blocks, { sourceOf: toDataUrl }),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** A picture in the place of its address. */
export function toDataUrl(source: PictureSource): string | null {
  if (source.kind === "address") return null;
  return `data:image/${source.format};base64,${Buffer.from(source.bytes).toString("base64")}`;
}
