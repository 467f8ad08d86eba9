/** As much of fontkit as is used here; it brings no types of its own. */
declare module "fontkit" {
  interface Font {
    readonly postscriptName: string;
    readonly characterSet: readonly number[];
  }
  /** A font, or the fonts of a collection. Throws on what is none. */
  export function create(data: Buffer): Font | { readonly fonts: readonly Font[] };
}
