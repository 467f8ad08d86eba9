import "server-only";
import type { PromptInput } from "@/lib/contract/prompt-input";
import type { ModelName } from "@/lib/contract/quote";
import type { GenerationPiece, GenerationStatus, GenerationSummary } from "@/lib/contract/studio";
import type { ToolInput } from "@/lib/contract/tool-input";
import { toTimestamp } from "@/lib/foundation/clock";
import { firstCharacters, KINDS, topicOf } from "./kinds";
import { type CountedPiece, quoteOfRest } from "./settlement";

/** What a part of a story is asked for with. The story itself is read when a piece of it begins. */
export interface StoryPartInput {
  readonly title: string;
  readonly premise: string;
  readonly language?: string | undefined;
  /** Only the plan of this chapter is made anew. */
  readonly chapterId?: string | undefined;
}

/** The kind of a generation, and what was asked for. */
export type Subject =
  | { readonly kind: "single-prompt"; readonly input: PromptInput }
  | { readonly kind: "story-bible" | "story-outline" | "story-chapters"; readonly input: StoryPartInput }
  | { readonly kind: "tool"; readonly input: ToolInput };

interface GenerationFacts {
  readonly id: string;
  readonly user_id: string;
  readonly story_id: string | null;
  readonly model: ModelName;
  readonly pages: number;
  readonly status: GenerationStatus;
  readonly round: number;
  /** The most that this round may cost. */
  readonly quoted_credits: number;
  /** What is held now: a piece by its number, 0 for the whole round, null for nothing. */
  readonly open_unit: number | null;
  readonly hold_id: string | null;
  readonly held_credits: number;
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

/** A generation as the database has it. */
export type GenerationRow = GenerationFacts & Subject;

export interface PieceCountRow extends CountedPiece {
  readonly title: string;
  readonly chapter_id: string | null;
  readonly draft: number;
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
  generation: Pick<GenerationRow, "kind" | "saved_bytes">,
  pieces: readonly PieceCountRow[],
): boolean {
  if (!KINDS[generation.kind].saved) return false;
  const ended = pieces.filter(({ status }) => status !== "writing");
  return sumOf("bytes", ended) > generation.saved_bytes;
}

/** What the doors say of a generation. */
export function toSummary(
  row: GenerationRow,
  pieces: readonly PieceCountRow[],
  settlement: SettlementRow | undefined,
): GenerationSummary {
  const wishes: Partial<PromptInput> = row.kind === "single-prompt" ? row.input : {};
  const { tone, pointOfView, audience, format = "prose" } = wishes;
  const ended = row.status !== "writing";
  return {
    id: row.id,
    kind: row.kind,
    story_id: row.story_id,
    status: row.status,
    stop_requested: row.stop_requested_at !== null,
    prompt: "premise" in row.input ? row.input.premise : topicOf(row),
    language: row.input.language ?? null,
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
    continue_quote: ended && row.status !== "done" ? quoteOfRest(row, pieces) : null,
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

/** What the doors say of the pieces. */
export function toPieces(
  row: Pick<GenerationRow, "kind" | "saved_bytes">,
  pieces: readonly PieceRow[],
): GenerationPiece[] {
  let end = 0;
  return pieces.map(({ nth, status, title, chapter_id, words, target_words, text, bytes }) => {
    end += bytes;
    const unsaved = KINDS[row.kind].saved && bytes > 0 && status !== "writing" && end > row.saved_bytes;
    return { nth, status, title, chapter_id, words, target_words, text, unsaved };
  });
}

/** The name of a text until its writer gives it one. */
export function titleOf({ pages, input }: { readonly pages: number; readonly input: PromptInput }): string {
  return `${pages} Page(s) - ${firstCharacters(input.prompt.replace(/\s+/g, " "), 30)}…`;
}
