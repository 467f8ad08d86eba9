import "server-only";
import type { GenerationKind } from "@/lib/contract/studio";
import type { Subject } from "./generation-row";

/** What differs between the kinds of generations. Everything else is one mechanism. */
export interface KindFacts {
  /** One hold and one settlement for the whole round, or for each piece when it begins and ends. */
  readonly settles: "round" | "piece";
  /** Paid by delivered words, or one coin for each piece that was delivered. */
  readonly price: "words" | "piece";
  /** What a piece is called, and whether it is called by its number. */
  readonly piece: string;
  readonly numbered: boolean;
  /** What breaks off can be gone on with, and is not begun anew. */
  readonly goesOn: boolean;
  /** It goes into the workspace as a project. */
  readonly saved: boolean;
  /** What stands in the usage of the app. */
  readonly action: string;
}

export const KINDS: Record<GenerationKind, KindFacts> = {
  "single-prompt": {
    settles: "round",
    price: "words",
    piece: "page",
    numbered: true,
    goesOn: true,
    saved: true,
    action: "single_prompt",
  },
  "story-bible": {
    settles: "round",
    price: "piece",
    piece: "bible",
    numbered: false,
    goesOn: false,
    saved: false,
    action: "story_bible",
  },
  "story-outline": {
    settles: "round",
    price: "piece",
    piece: "outline",
    numbered: false,
    goesOn: false,
    saved: false,
    action: "story_outline",
  },
  "story-chapters": {
    settles: "piece",
    price: "words",
    piece: "chapter",
    numbered: true,
    goesOn: true,
    saved: true,
    action: "story_chapter",
  },
  tool: {
    settles: "round",
    price: "piece",
    piece: "answer",
    numbered: true,
    goesOn: false,
    saved: false,
    action: "writing_tool",
  },
};

/** What stands in the ledger and in the person's statement. `piece`: the one that is paid for by itself. */
export function describeGeneration(
  { kind, input, pages }: Subject & { readonly pages: number },
  piece?: { readonly nth: number; readonly title: string },
): string {
  switch (kind) {
    case "single-prompt":
      return `Single prompt, ${pages} ${pages === 1 ? "page" : "pages"}: ${shortened(topicOf({ kind, input }), 60)}`;
    case "story-bible":
      return `Story bible: ${shortened(topicOf({ kind, input }), 80)}`;
    case "story-outline":
      return `Story outline: ${shortened(topicOf({ kind, input }), 80)}`;
    case "story-chapters": {
      const title = shortened(topicOf({ kind, input }), 60);
      if (piece === undefined) return `Story “${title}”`;
      const name = piece.title === "" ? "" : `: ${shortened(piece.title, 80)}`;
      return `Story “${title}”, chapter ${piece.nth}${name}`;
    }
    case "tool":
      return `Writing tool: ${input.tool}`;
  }
}

/** What a generation is about, in its writer's own words. */
export function topicOf({ kind, input }: Subject): string {
  switch (kind) {
    case "single-prompt":
      return input.prompt;
    case "tool":
      return input.text;
    default:
      return input.title;
  }
}

/** On one line, at most `most` characters. */
export function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  const short = firstCharacters(line, most);
  return short === line ? line : `${short.trimEnd()}…`;
}

export function firstCharacters(text: string, count: number): string {
  return [...text.slice(0, count * 2)].slice(0, count).join("");
}
