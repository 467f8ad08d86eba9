import "server-only";

/** A chapter on its way into the project. */
export interface ChapterText {
  readonly id: string;
  readonly position: number;
  readonly title: string;
  readonly text: string;
  /** Its text as the project has it, "" where it has none. */
  readonly saved_text: string;
}

/** A story as Markdown: each chapter under its heading. */
export function renderStory(chapters: readonly ChapterText[]): string {
  return chapters
    .filter(({ text }) => text !== "")
    .map(renderChapter)
    .join("\n\n");
}

function renderChapter({ position, title, text }: ChapterText): string {
  const name = title.replace(/\s+/g, " ").trim();
  return `## ${position}.${name === "" ? "" : ` ${name}`}\n\n${text.trim()}`;
}

export interface Merged {
  readonly content: string;
  /** The chapters whose text the content has now. */
  readonly placed: readonly string[];
}

/**
 * Brings new chapters into a document that its owner has changed, and leaves their words alone: a chapter that stands there
 * as it was saved is exchanged, one that never was there goes behind the chapter before it, else to the end. One that its
 * owner has changed is not placed; with `lostToEnd` it goes to the end, beside what they made of it.
 */
export function mergeStory(
  content: string,
  chapters: readonly ChapterText[],
  { lostToEnd = false }: { lostToEnd?: boolean } = {},
): Merged {
  let merged = content;
  const placed: string[] = [];
  /** Where the chapter before ends. */
  let behind = -1;
  for (const chapter of chapters) {
    const text = chapter.text.trim();
    const saved = chapter.saved_text.trim();
    if (text === "") continue;
    const at = placeOf(merged, saved);
    if (at >= 0) {
      merged = merged.slice(0, at) + text + merged.slice(at + saved.length);
      behind = at + text.length;
    } else if (saved === "" || lostToEnd) {
      const before = merged.slice(0, behind < 0 || saved !== "" ? merged.length : behind).trimEnd();
      const after = merged.slice(before.length).trim();
      const added = renderChapter(chapter);
      merged = [before, added, after].filter((part) => part !== "").join("\n\n");
      behind = before.length + (before === "" ? 0 : 2) + added.length;
    } else {
      // Its owner's words stand in its place, wherever that is now.
      behind = -1;
      continue;
    }
    placed.push(chapter.id);
  }
  return { content: merged, placed };
}

/** Where paragraphs stand in a document, -1 where they don't, or more than once: nobody can say which of them is meant. */
function placeOf(content: string, paragraphs: string): number {
  if (paragraphs === "") return -1;
  const at = content.indexOf(paragraphs);
  const end = at + paragraphs.length;
  const whole = (at === 0 || content[at - 1] === "\n") && (end === content.length || content[end] === "\n");
  return at >= 0 && whole && content.indexOf(paragraphs, at + 1) < 0 ? at : -1;
}
