import localFont from "next/font/local";

/**
 * The Latin halves of the two families, preloaded, with a fallback of the same measure. Each italic carries the
 * name of its upright face, so that the browser takes it for the same family; the other scripts come
 * from the packages' own style sheets, next in the stack of `globals.css`.
 */
export const penoraSans = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  style: "normal",
  adjustFontFallback: "Arial",
});

export const penoraSansItalic = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-italic.woff2",
  weight: "100 900",
  style: "italic",
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: "font-family", value: "penoraSans" }],
});

export const penoraSerif = localFont({
  src: "../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2",
  weight: "200 900",
  style: "normal",
  adjustFontFallback: "Times New Roman",
});

export const penoraSerifItalic = localFont({
  src: "../../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-opsz-italic.woff2",
  weight: "200 900",
  style: "italic",
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: "font-family", value: "penoraSerif" }],
});
