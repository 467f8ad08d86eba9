import { coinsInWords } from "@/lib/ui/coin";
import type { Writing } from "./generation-state";
import { wordsInWords } from "./price-words";

/** What a screen reader is told of a step: the start, each page, the end, an error. Null for all else. */
export function announce(before: Writing, after: Writing): string | null {
  const { status, pages, words, error, settlement, unsaved } = after.generation;
  if (before.generation.status !== status) {
    const coins = settlement === null ? "" : ` ${coinsInWords(settlement.charged)} charged.`;
    const room = unsaved ? " The workspace had no room for all of it: make room, then save." : "";
    switch (status) {
      case "writing":
        return "Writing goes on.";
      case "done":
        return `Finished: ${wordsInWords(words)}.${coins}${room}`;
      case "stopped":
        return `Stopped after ${wordsInWords(words)}.${coins}${room}`;
      default:
        return `${error ?? "Writing broke off."}${room}`;
    }
  }
  if (status !== "writing") return null;
  const ended = after.pieces.find(
    (piece, at) => piece.status === "done" && before.pieces[at]?.status !== "done",
  );
  if (ended !== undefined) return `Page ${ended.nth} of ${pages} is written: ${wordsInWords(ended.words)}.`;
  const first = after.pieces[0]?.status === "writing" && before.pieces[0]?.status === "waiting";
  return first ? `Writing has begun: ${pages} ${pages === 1 ? "page" : "pages"}.` : null;
}
