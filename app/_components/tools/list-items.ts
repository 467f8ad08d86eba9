/** The lines of a list as they are copied: without the marks before them. A text that is no list stays as it is. */
export function linesToCopy(text: string): string {
  const lines = text.split("\n");
  return lines.every((line) => line.startsWith("- ")) ? lines.map((line) => line.slice(2)).join("\n") : text;
}

/** The items of a list; null for a text that is none. */
export function itemsToShow(text: string): string[] | null {
  return text.startsWith("- ") ? linesToCopy(text).split("\n") : null;
}
