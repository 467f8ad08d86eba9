import "server-only";
import type { GenerationKind, PieceStatus } from "@/lib/contract/studio";
import { type ModelName, priceOfWords, type Quote, quote } from "@/lib/contract/quote";
import { KINDS } from "./kinds";

/** What the price of a piece depends on. */
export interface CountedPiece {
  readonly nth: number;
  readonly status: PieceStatus;
  readonly target_words: number;
  /** The words that stand there now, and those that stood there when the round began. */
  readonly words: number;
  readonly words_before: number;
  /** The words that are paid for, of all rounds. */
  readonly chargeable_words: number;
  /** What it has cost, where it is paid for by itself. */
  readonly charged_credits: number;
  /** Nothing is charged for it. */
  readonly free: boolean;
}

/** The words of a piece that are paid for. */
export type PaidWords = Pick<CountedPiece, "chargeable_words">;

/** What the price of a text depends on, beside its pieces. */
export interface PricedText {
  readonly kind: GenerationKind;
  readonly model: ModelName;
  /** What all rounds before have cost. */
  readonly charged_credits: number;
}

/** Shorter than this no request to a model makes sense. */
const LEAST_WORDS = 40;

/** How many words a piece still asks for: at least some sentences, 0 when it is done. */
export function missingWords(piece: Pick<CountedPiece, "status" | "words" | "target_words">): number {
  return piece.status === "done" ? 0 : Math.max(LEAST_WORDS, piece.target_words - piece.words);
}

/** A piece as its round leaves it. What was delivered is paid for: when it is done, or when the writer stopped it. */
export function endPiece<P extends CountedPiece>(piece: P, ending: "done" | "stopped" | "failed"): P {
  if (ending === "stopped" && piece.words === 0) return { ...piece, status: "waiting" };
  const paid = ending === "failed" || piece.free ? 0 : piece.words - piece.words_before;
  return { ...piece, status: ending, chargeable_words: piece.chargeable_words + paid };
}

/** What a settlement is about: the piece that is paid for by itself, or all of them together. */
export function unitOf<P extends CountedPiece>(
  text: PricedText,
  pieces: readonly P[],
  nth: number,
): { readonly text: PricedText; readonly pieces: readonly P[] } {
  const piece = pieces.find((one) => one.nth === nth);
  return piece === undefined
    ? { text, pieces }
    : { text: { ...text, charged_credits: piece.charged_credits }, pieces: [piece] };
}

/**
 * Everything that a unit costs of which so many words of each piece are paid for, rounded once; stopping and continuing never
 * makes it dearer than it was quoted whole.
 */
function priceOf(
  { kind, model }: PricedText,
  pieces: readonly CountedPiece[],
  paid: readonly PaidWords[],
): number {
  const words = paid.reduce((sum, piece) => sum + piece.chargeable_words, 0);
  if (words === 0) return 0;
  if (KINDS[kind].price === "piece") return paid.filter((piece) => piece.chargeable_words > 0).length;
  const target = pieces.reduce((sum, piece) => sum + piece.target_words, 0);
  return Math.min(priceOfWords(words, model), quote({ model, words: target }).credits);
}

/** What the words that were paid for until now have cost, or would have: what ran on past a quote stays given. */
function costSoFar(
  text: PricedText,
  pieces: readonly CountedPiece[],
  paidBefore: readonly PaidWords[],
): number {
  return Math.max(text.charged_credits, priceOf(text, pieces, paidBefore));
}

/**
 * What a round of a unit costs that was quoted at `quoted`: the price of all paid words less that of those which were paid
 * for before it. A round that adds no word costs nothing, whatever the rounds before left uncharged.
 */
export function chargeOfUnit(
  text: PricedText,
  pieces: readonly CountedPiece[],
  paidBefore: readonly PaidWords[],
  quoted: number,
): number {
  const due = priceOf(text, pieces, pieces) - costSoFar(text, pieces, paidBefore);
  return Math.min(quoted, Math.max(0, due));
}

/** What the rest of a unit would cost at most, and how many words it brings; null where every piece is done. */
export function quoteOfUnit(text: PricedText, pieces: readonly CountedPiece[]): Quote | null {
  const missing = pieces.map((piece) => ({ ...piece, add: missingWords(piece) }));
  const words = missing.reduce((sum, { add }) => sum + add, 0);
  if (words === 0) return null;
  const whole = missing.map((piece) => ({
    ...piece,
    chargeable_words: piece.chargeable_words + (piece.free ? 0 : piece.add),
  }));
  const credits = priceOf(text, whole, whole) - costSoFar(text, pieces, pieces);
  return { credits: Math.max(0, credits), words };
}

/**
 * What going on would cost at most: of the whole, or the sum of what each piece does. Null where every piece is done, and
 * where what broke off is begun anew instead.
 */
export function quoteOfRest(text: PricedText, pieces: readonly CountedPiece[]): Quote | null {
  if (!KINDS[text.kind].goesOn) return null;
  if (KINDS[text.kind].settles === "round") return quoteOfUnit(text, pieces);
  const rest = pieces
    .map(({ nth }) => unitOf(text, pieces, nth))
    .map((unit) => quoteOfUnit(unit.text, unit.pieces))
    .filter((one) => one !== null);
  if (rest.length === 0) return null;
  return {
    credits: rest.reduce((sum, { credits }) => sum + credits, 0),
    words: rest.reduce((sum, { words }) => sum + words, 0),
  };
}
