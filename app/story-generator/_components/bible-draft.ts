import type { BibleEntry, StoryBible } from "@/lib/contract/story-input";

/** A bible as it is typed: an entry a line, "Name: what is known". */
export interface BibleDraft {
  characters: string;
  places: string;
  rules: string;
  style: string;
}

export const BIBLE_PARTS: { part: keyof BibleDraft; label: string; hint: string }[] = [
  { part: "characters", label: "People", hint: "One a line: “Ada Quill: keeps the light; proud, exact.”" },
  { part: "places", label: "Places", hint: "One a line: “Skerry: the rock with the lighthouse.”" },
  { part: "rules", label: "Rules of its world", hint: "One a line; they are never broken." },
  { part: "style", label: "Style", hint: "How it is told." },
];

export function bibleDraftOf(bible: StoryBible | null): BibleDraft {
  const lines = (entries: readonly BibleEntry[]) =>
    entries
      .map(({ name, description }) => (description === "" ? name : `${name}: ${description}`))
      .join("\n");
  return {
    characters: lines(bible?.characters ?? []),
    places: lines(bible?.places ?? []),
    rules: (bible?.rules ?? []).join("\n"),
    style: bible?.style ?? "",
  };
}

/** What the doors are asked with; null for a bible in which nothing stands. */
export function bibleOf(draft: BibleDraft): StoryBible | null {
  const lines = (text: string) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  const entries = (text: string) =>
    lines(text).map((line) => {
      const [, name = line, description = ""] = /^([^:：]{1,80})[:：]\s*(.*)$/su.exec(line) ?? [];
      return { name: name.trim(), description };
    });
  if (Object.values(draft).every((text) => (text as string).trim() === "")) return null;
  return {
    characters: entries(draft.characters),
    places: entries(draft.places),
    rules: lines(draft.rules),
    style: draft.style.trim(),
  };
}
