import "server-only";
import type { PieceStatus } from "@/lib/contract/studio";
import { type ModelName, priceOfWords, type Quote, quote, WORDS_PER_PAGE } from "@/lib/contract/quote";

/** What the price of a page depends on. */
export interface CountedPiece {
  readonly nth: number;
  readonly status: PieceStatus;
  /** The words that stand there now, and those that stood there when the round began. */
  readonly words: number;
  readonly words_before: number;
  /** The words that are paid for, of all rounds. */
  readonly chargeable_words: number;
}

/** What the price of a text depends on, beside its pages. */
export interface PricedText {
  readonly model: ModelName;
  readonly pages: number;
  /** What all rounds before have cost. */
  readonly charged_credits: number;
}

/** Shorter than this no request to a model makes sense. */
const LEAST_WORDS = 40;

/** How many words a page still asks for: at least some sentences, 0 when it is done. */
export function missingWords(piece: Pick<CountedPiece, "status" | "words">): number {
  return piece.status === "done" ? 0 : Math.max(LEAST_WORDS, WORDS_PER_PAGE - piece.words);
}

/** A page as its round leaves it. What was delivered is paid for: when it is done, or when the writer stopped it. */
export function endPiece(piece: CountedPiece, ending: "done" | "stopped" | "failed"): CountedPiece {
  if (ending === "stopped" && piece.words === 0) return { ...piece, status: "waiting" };
  const paid = ending === "failed" ? 0 : piece.words - piece.words_before;
  return { ...piece, status: ending, chargeable_words: piece.chargeable_words + paid };
}

/** Everything that the text costs, rounded once; stopping and continuing never makes it dearer than its pages. */
function priceOfText(text: PricedText, words: number): number {
  return Math.min(priceOfWords(words, text.model), quote({ model: text.model, pages: text.pages }).credits);
}

function chargeableWords(pieces: readonly CountedPiece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.chargeable_words, 0);
}

/** What a round costs that was quoted at `quoted`: the price of all paid words less what they have cost already. */
export function chargeOfRound(text: PricedText, pieces: readonly CountedPiece[], quoted: number): number {
  const due = priceOfText(text, chargeableWords(pieces)) - text.charged_credits;
  return Math.min(quoted, Math.max(0, due));
}

/** What going on would cost at most, and how many words it brings; null where every page is done. */
export function continueQuote(text: PricedText, pieces: readonly CountedPiece[]): Quote | null {
  const words = pieces.reduce((sum, piece) => sum + missingWords(piece), 0);
  if (words === 0) return null;
  const whole = priceOfText(text, chargeableWords(pieces) + words);
  return { credits: Math.max(0, whole - text.charged_credits), words };
}
