/** The formats of a text that its writer takes along. */
export const FILE_FORMATS = ["pdf", "docx", "epub", "html", "md", "txt"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** Beside them `zip`, which holds one file of each, and `picture`: the picture itself, where the project is one. */
export const EXPORT_FORMATS = [...FILE_FORMATS, "zip", "picture"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What a format is called, and what it is good for. */
export const FORMAT_NAMES: Readonly<Record<ExportFormat, { name: string; use: string }>> = {
  pdf: { name: "PDF", use: "To print, or to send as it is" },
  docx: { name: "Word (DOCX)", use: "To go on in a word processor" },
  epub: { name: "EPUB", use: "For e-book readers" },
  html: { name: "Web page (HTML)", use: "One file, pictures included" },
  md: { name: "Markdown", use: "For other writing apps" },
  txt: { name: "Plain text (TXT)", use: "The words alone" },
  zip: { name: "All of them (ZIP)", use: "One file of each" },
  picture: { name: "Picture", use: "As it was saved" },
};
