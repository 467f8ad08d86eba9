import "server-only";
import { codeOfReference } from "@/lib/contract/picture-reference";
import { toDataUrl } from "./html";
import { type Manuscript, resolverFor, withoutTitle } from "./make-document";
import { toMarkup } from "./markup";
import { readMarkdown } from "./read-markdown";

/**
 * The text as markup to stand in a page of ours, under our own policy: pictures of ours are asked for at `pictureBase`,
 * those with an address of their own are links.
 */
export function renderReading({ content, title }: Manuscript, pictureBase: string): string {
  const inFile = resolverFor({});
  const blocks = readMarkdown(content, (target) => {
    const code = codeOfReference(target);
    return code === null ? inFile(target) : { kind: "address", url: pictureBase + code };
  });
  return toMarkup(withoutTitle(blocks, title), {
    sourceOf: (source) => (source.kind === "address" ? source.url : toDataUrl(source)),
  });
}
