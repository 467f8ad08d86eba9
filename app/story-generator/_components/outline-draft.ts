import type { StoryChapter } from "@/lib/contract/story";
import type { OutlineChapter } from "@/lib/contract/story-input";

/** A chapter's plan as it is typed: a beat a line. `key` stays with it while it moves. */
export interface ChapterDraft {
  readonly key: string;
  /** Undefined for one that is new. */
  readonly id: string | undefined;
  readonly title: string;
  readonly pointOfView: string;
  readonly beats: string;
  /** Words are written of it already. */
  readonly written: boolean;
}

export function draftsOf(chapters: readonly StoryChapter[]): ChapterDraft[] {
  return chapters.map(({ id, title, point_of_view, beats, text }) => ({
    key: id,
    id,
    title,
    pointOfView: point_of_view,
    beats: beats.join("\n"),
    written: text !== "",
  }));
}

export function newChapter(): ChapterDraft {
  return { key: crypto.randomUUID(), id: undefined, title: "", pointOfView: "", beats: "", written: false };
}

function beatsOf({ beats }: ChapterDraft): string[] {
  return beats
    .split("\n")
    .map((beat) => beat.trim())
    .filter((beat) => beat !== "");
}

/** What the doors are asked with. */
export function planOf(drafts: readonly ChapterDraft[]): (OutlineChapter & { id?: string })[] {
  return drafts.map((draft) => ({
    title: draft.title.trim(),
    point_of_view: draft.pointOfView.trim(),
    beats: beatsOf(draft),
    ...(draft.id === undefined ? {} : { id: draft.id }),
  }));
}

/** The drafts with the one at `from` moved to `to`. */
export function moved(drafts: readonly ChapterDraft[], from: number, to: number): ChapterDraft[] {
  const next = [...drafts];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(to, 0, one);
  return next;
}
