import "server-only";
import type { PromptInput } from "@/lib/contract/prompt-input";
import type { ModelName } from "@/lib/contract/quote";
import type {
  GenerationPiece,
  GenerationStatus,
  GenerationSummary,
  PieceStatus,
} from "@/lib/contract/studio";
import { toTimestamp } from "@/lib/foundation/clock";
import { continueQuote, type CountedPiece } from "./settlement";

/** A generation as the database has it. */
export interface GenerationRow {
  readonly id: string;
  readonly user_id: string;
  readonly kind: "single-prompt";
  readonly input: PromptInput;
  readonly model: ModelName;
  readonly pages: number;
  readonly status: GenerationStatus;
  readonly round: number;
  readonly quoted_credits: number;
  readonly hold_id: string | null;
  readonly charged_credits: number;
  readonly stop_requested_at: Date | null;
  readonly runner_id: string | null;
  readonly label: string | null;
  readonly project_code: string | null;
  readonly saved_bytes: number;
  readonly error: string | null;
  readonly last_seq: number;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

export interface PieceCountRow extends CountedPiece {
  readonly nth: number;
  readonly status: PieceStatus;
  readonly bytes: number;
}

export interface PieceRow extends PieceCountRow {
  readonly text: string;
}

export interface SettlementRow {
  readonly round: number;
  readonly quoted: number;
  readonly charged: number;
  readonly released: number;
  readonly why: string;
}

/** The whole text: each page begins with what joins it to the one before. */
export function textOf(pieces: readonly { readonly text: string }[]): string {
  return pieces.map((piece) => piece.text).join("");
}

export function sumOf<K extends string>(field: K, pieces: readonly Record<K, number>[]): number {
  return pieces.reduce((sum, piece) => sum + piece[field], 0);
}

/** True where the workspace holds less than was written. While a page is under way that is only natural. */
export function isUnsaved(
  generation: Pick<GenerationRow, "saved_bytes">,
  pieces: readonly PieceCountRow[],
): boolean {
  const ended = pieces.filter(({ status }) => status !== "writing");
  return sumOf("bytes", ended) > generation.saved_bytes;
}

/** What the doors say of a generation. */
export function toSummary(
  row: GenerationRow,
  pieces: readonly PieceCountRow[],
  settlement: SettlementRow | undefined,
): GenerationSummary {
  const { prompt, language, tone, pointOfView, audience, format } = row.input;
  const ended = row.status !== "writing";
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    stop_requested: row.stop_requested_at !== null,
    prompt,
    language: language ?? null,
    tone: tone ?? null,
    point_of_view: pointOfView ?? null,
    audience: audience ?? null,
    format,
    model: row.model,
    pages: row.pages,
    words: sumOf("words", pieces),
    quoted_credits: row.quoted_credits,
    charged_credits: row.charged_credits,
    settlement: ended && settlement !== undefined ? toSettlement(settlement) : null,
    continue_quote: ended && row.status !== "done" ? continueQuote(row, pieces) : null,
    project_code: row.project_code,
    unsaved: isUnsaved(row, pieces),
    error: row.error,
    label: row.label,
    last_event_id: row.last_seq,
    created_at: toTimestamp(row.created_at),
    finished_at: row.finished_at && toTimestamp(row.finished_at),
  };
}

function toSettlement({ quoted, charged, released, why }: SettlementRow): GenerationSummary["settlement"] {
  return { quoted, charged, released, why };
}

/** What the doors say of the pages. */
export function toPieces(
  row: Pick<GenerationRow, "saved_bytes">,
  pieces: readonly PieceRow[],
): GenerationPiece[] {
  let end = 0;
  return pieces.map(({ nth, status, words, text, bytes }) => {
    end += bytes;
    return { nth, status, words, text, unsaved: bytes > 0 && status !== "writing" && end > row.saved_bytes };
  });
}

/** What stands in the ledger and in the person's statement. */
export function describeGeneration({ pages, input }: Pick<GenerationRow, "pages" | "input">): string {
  const prompt = input.prompt.replace(/\s+/g, " ");
  const short = firstCharacters(prompt, 60);
  return `Single prompt, ${pages} ${pages === 1 ? "page" : "pages"}: ${short}${short === prompt ? "" : "…"}`;
}

/** The name of a text until its writer gives it one. */
export function titleOf({ pages, input }: Pick<GenerationRow, "pages" | "input">): string {
  return `${pages} Page(s) - ${firstCharacters(input.prompt.replace(/\s+/g, " "), 30)}…`;
}

function firstCharacters(text: string, count: number): string {
  return [...text.slice(0, count * 2)].slice(0, count).join("");
}
