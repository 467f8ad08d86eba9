import { z } from "zod";
import { cutText, nextCursor, cursor, pageLimit, timestamp, wholeNumber } from "./fields";
import { context } from "./material";
import { lowBalance } from "./low-balance";
import { defineOperation } from "./operation";
import { FORMATS, MAX_PAGES, MAX_PROMPT_CHARACTERS, POINTS_OF_VIEW, promptOptions } from "./prompt-input";
import { MODEL_NAMES } from "./quote";

/** At most so many texts of one person are written at the same time. */
export const MAX_ACTIVE_GENERATIONS = 3;

export const GENERATION_KINDS = [
  "single-prompt",
  "story-bible",
  "story-outline",
  "story-chapters",
  "tool",
] as const;
export type GenerationKind = (typeof GENERATION_KINDS)[number];

export const GENERATION_STATUSES = ["writing", "done", "stopped", "failed", "interrupted"] as const;
export type GenerationStatus = (typeof GENERATION_STATUSES)[number];

export const PIECE_STATUSES = ["waiting", "writing", "done", "stopped", "failed"] as const;
export type PieceStatus = (typeof PIECE_STATUSES)[number];

const count = z.number().int();
const id = z.uuid("must be the id of a generation");
const generationId = z.object({ id });

export const quoteShape = z.object({
  /** The most that it costs. */
  credits: count,
  /** About how many words it brings. */
  words: count,
});

const settlementShape = z.object({ quoted: count, charged: count, released: count, why: z.string() });

/**
 * A page, a chapter, or an answer of a tool. A page begins with what joins it to the page before, so that pages need only be
 * put in a row; a chapter stands alone.
 */
export const pieceShape = z.object({
  nth: count,
  status: z.enum(PIECE_STATUSES),
  title: z.string(),
  chapter_id: z.string().nullable(),
  words: count,
  /** The words that it is to have; 0 where that has no sense. */
  target_words: count,
  text: z.string(),
  /** Some of it lies in the generation only: the workspace had no room. */
  unsaved: z.boolean(),
});

export const generationShape = z.object({
  id: z.string(),
  kind: z.enum(GENERATION_KINDS),
  story_id: z.string().nullable(),
  status: z.enum(GENERATION_STATUSES),
  stop_requested: z.boolean(),
  /** What was asked for; of a part of a story, its premise. */
  prompt: z.string(),
  language: z.string().nullable(),
  tone: z.string().nullable(),
  point_of_view: z.enum(POINTS_OF_VIEW).nullable(),
  audience: z.string().nullable(),
  format: z.enum(FORMATS),
  model: z.enum(MODEL_NAMES),
  /** How many pieces it has: pages, chapters or answers. */
  pages: count,
  words: count,
  /** The most that the round under way, or the last one, may cost. */
  quoted_credits: count,
  /** What all rounds together have cost. */
  charged_credits: count,
  /** How the last round was settled; null while it is under way. */
  settlement: settlementShape.nullable(),
  /** What going on would cost; null where there is nothing to go on with. */
  continue_quote: quoteShape.nullable(),
  project_code: z.string().nullable(),
  unsaved: z.boolean(),
  error: z.string().nullable(),
  /** Who wrote it, where that was no model. */
  label: z.string().nullable(),
  /** The number of the newest event: a stream goes on behind it. */
  last_event_id: count,
  created_at: timestamp,
  finished_at: timestamp.nullable(),
});

export type GenerationSummary = z.infer<typeof generationShape>;
export type GenerationPiece = z.infer<typeof pieceShape>;

export const startedShape = z.object({
  generation_id: z.string(),
  quoted_credits: count,
  credits: count,
  held_credits: count,
  low_balance: lowBalance,
  user_version: count,
});

export const startGeneration = defineOperation({
  id: "startGeneration",
  method: "POST",
  path: "/api/me/generations",
  summary: "Begin to write a text from a prompt",
  auth: "session",
  body: z.object({
    prompt: cutText(MAX_PROMPT_CHARACTERS)
      .transform((value) => value.trim())
      .refine((value) => value.length > 0, "must say what the text should be about"),
    pages: wholeNumber(1, MAX_PAGES),
    model: z.enum(MODEL_NAMES, `must be ${MODEL_NAMES.join(", ")}`),
    language: promptOptions.shape.language,
    tone: promptOptions.shape.tone,
    point_of_view: z.enum(POINTS_OF_VIEW, `must be ${POINTS_OF_VIEW.join(", ")}`).optional(),
    audience: promptOptions.shape.audience,
    format: z.enum(FORMATS, `must be ${FORMATS.join(", ")}`).default("prose"),
    context,
  }),
  response: startedShape,
  envelope: "unified",
  recorded: true,
  errors: ["insufficient_credits", "storage_limit_exceeded", "too_many_generations", "unavailable"],
});

export const continueGeneration = defineOperation({
  id: "continueGeneration",
  method: "POST",
  path: "/api/me/generations/{id}/continue",
  summary: "Go on with a text that was stopped, failed or was interrupted",
  auth: "session",
  params: generationId,
  body: z.object({}),
  response: startedShape,
  envelope: "unified",
  recorded: true,
  errors: [
    "not_found",
    "insufficient_credits",
    "storage_limit_exceeded",
    "too_many_generations",
    "unavailable",
  ],
});

export const stopGeneration = defineOperation({
  id: "stopGeneration",
  method: "POST",
  path: "/api/me/generations/{id}/stop",
  summary: "Stop writing; what was delivered stays and is charged",
  auth: "session",
  params: generationId,
  body: z.object({}),
  response: z.object({ status: z.enum(GENERATION_STATUSES), stop_requested: z.boolean() }),
  envelope: "unified",
  errors: ["not_found"],
});

export const saveGeneration = defineOperation({
  id: "saveGeneration",
  method: "POST",
  path: "/api/me/generations/{id}/save",
  summary: "Save in the workspace what found no room before",
  auth: "session",
  params: generationId,
  body: z.object({}),
  response: z.object({ project_code: z.string().nullable(), unsaved: z.literal(false) }),
  envelope: "unified",
  errors: ["not_found", "storage_limit_exceeded"],
});

export const getGeneration = defineOperation({
  id: "getGeneration",
  method: "GET",
  path: "/api/me/generations/{id}",
  summary: "A text with its pages",
  auth: "session",
  params: generationId,
  response: z.object({ generation: generationShape, pieces: z.array(pieceShape) }),
  envelope: "unified",
  errors: ["not_found"],
});

export const listGenerations = defineOperation({
  id: "listGenerations",
  method: "GET",
  path: "/api/me/generations",
  summary: "A person's texts, newest first, without what is written in them",
  auth: "session",
  query: z.object({
    kind: z.enum(GENERATION_KINDS, `must be ${GENERATION_KINDS.join(", ")}`).optional(),
    limit: pageLimit.default(20),
    cursor: cursor.optional(),
  }),
  response: z.object({ generations: z.array(generationShape), next_cursor: nextCursor }),
  envelope: "unified",
  errors: [],
});

/** The data of each kind of event in a generation's stream; the event's id is its number. */
export const GENERATION_EVENTS = {
  /** A round begins: the first, or a continuation. */
  start: z.object({ round: count, quoted: count }),
  piece: z.object({ nth: count }),
  /** To be put behind what stands in the page already. */
  text: z.object({ nth: count, text: z.string() }),
  "piece-end": z.object({
    nth: count,
    status: z.enum(PIECE_STATUSES),
    words: count,
    project_code: z.string().nullable(),
    unsaved: z.boolean(),
    /** How it was settled, where it is paid for by itself. */
    settlement: settlementShape.nullable().default(null),
    /** What the person has then. */
    credits: count.nullable().default(null),
  }),
  end: z.object({
    status: z.enum(GENERATION_STATUSES),
    words: count,
    quoted: count,
    charged: count,
    released: count,
    charged_in_all: count,
    credits: count,
    /** Not in events that were stored before there was such a thing. */
    low_balance: lowBalance.optional(),
    user_version: count,
    project_code: z.string().nullable(),
    unsaved: z.boolean(),
    error: z.string().nullable(),
    continue_quote: quoteShape.nullable(),
  }),
  /** Stands for everything before it, where the log no longer holds that. Never stored. */
  state: z.object({ generation: generationShape, pieces: z.array(pieceShape) }),
} as const;

export type GenerationEventKind = keyof typeof GENERATION_EVENTS;
export type GenerationEventData<K extends GenerationEventKind> = z.infer<(typeof GENERATION_EVENTS)[K]>;

export const followGeneration = defineOperation({
  id: "followGeneration",
  method: "GET",
  path: "/api/me/generations/{id}/events",
  summary: "The text as it is written, from any point on: begin behind Last-Event-ID, or `after`",
  auth: "session",
  params: generationId,
  query: z.object({
    after: z
      .string()
      .regex(/^\d{1,15}$/, "must be the number of an event")
      .transform(Number)
      .optional(),
  }),
  response: z.unknown(),
  envelope: "plain",
  reply: "raw",
  errors: ["not_found"],
});
