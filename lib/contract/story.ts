import { z } from "zod";
import { cursor, cutText, MAX_TITLE_LENGTH, nextCursor, pageLimit, timestamp, wholeNumber } from "./fields";
import { defineOperation } from "./operation";
import { quoteTool } from "./quote";
import { generationShape, PIECE_STATUSES, pieceShape, quoteShape, startedShape } from "./studio";
import {
  MAX_CHAPTERS,
  MAX_WORDS_PER_CHAPTER,
  MIN_WORDS_PER_CHAPTER,
  outlineChapter,
  storyBible,
  storyIdea,
  storyWarning,
} from "./story-input";

/** What a bible, an outline, or the plan of one chapter costs: as much as an answer of a tool, however long it is. */
export const PLAN_CREDITS = quoteTool({ tool: "plan" });

/** How far a story has come. */
export const STORY_STATUSES = ["idea", "planned", "begun", "done"] as const;
export type StoryStatus = (typeof STORY_STATUSES)[number];

const count = z.number().int();
const storyId = z.object({ id: z.uuid("must be the id of a story") });
const chapterId = z.uuid("must be the id of a chapter");
const title = cutText(MAX_TITLE_LENGTH)
  .transform((value) => value.replace(/\s+/g, " ").trim())
  .refine((value) => value !== "", "must not be empty");

const storyShape = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(STORY_STATUSES),
  /** Something of it is being made now. */
  active: z.boolean(),
  idea: storyIdea,
  /** Rises with every change of title, idea, bible or outline. */
  version: count,
  chapters: count,
  chapters_done: count,
  words: count,
  target_words: count,
  project_code: z.string().nullable(),
  /** Some of what is written does not stand in the project. */
  unsaved: z.boolean(),
  /** Who wrote in it, where that was no model. */
  label: z.string().nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type StorySummary = z.output<typeof storyShape>;

export const chapterShape = outlineChapter.extend({
  id: z.string(),
  position: count,
  target_words: count,
  status: z.enum(PIECE_STATUSES),
  text: z.string(),
  words: count,
  /** Of the text that stands there: the words that were paid for, and what they have cost. */
  charged_words: count,
  charged_credits: count,
  /** What stands before it, or its own plan, was changed after it was written. */
  out_of_date: z.boolean(),
  warnings: z.array(storyWarning),
  /** The project has no such text: there was no room, or its owner has changed it there. */
  unsaved: z.boolean(),
  /** How many earlier texts of it are kept. */
  versions: count,
  /** What writing it, or the rest of it, costs at most; null when it is done. */
  quote: quoteShape.nullable(),
  /** What writing it anew costs at most; null while there is nothing to write anew. */
  rewrite_quote: quoteShape.nullable(),
});
export type StoryChapter = z.output<typeof chapterShape>;

const wholeStory = z.object({
  story: storyShape,
  bible: storyBible.nullable(),
  chapters: z.array(chapterShape),
  /** What is being made of it, or was made last. */
  generation: generationShape.nullable(),
  /** The pieces of that, while it is under way. */
  pieces: z.array(pieceShape),
});
export type WholeStory = z.output<typeof wholeStory>;

export const createStory = defineOperation({
  id: "createStory",
  method: "POST",
  path: "/api/me/stories",
  summary: "Begin a story from an idea; nothing is written and nothing is charged yet",
  auth: "session",
  body: z.object({ title: title.optional(), idea: storyIdea }),
  response: z.object({ story_id: z.string(), version: count }),
  envelope: "unified",
  recorded: true,
  errors: [],
});

export const listStories = defineOperation({
  id: "listStories",
  method: "GET",
  path: "/api/me/stories",
  summary: "A person's stories, the one that was worked on last first",
  auth: "session",
  query: z.object({ limit: pageLimit.default(20), cursor: cursor.optional() }),
  response: z.object({ stories: z.array(storyShape), next_cursor: nextCursor }),
  envelope: "unified",
  errors: [],
});

export const getStory = defineOperation({
  id: "getStory",
  method: "GET",
  path: "/api/me/stories/{id}",
  summary: "A story with its bible, its chapters, and what is being made of it",
  auth: "session",
  params: storyId,
  response: wholeStory,
  envelope: "unified",
  errors: ["not_found"],
});

export const updateStory = defineOperation({
  id: "updateStory",
  method: "PATCH",
  path: "/api/me/stories/{id}",
  summary:
    "Change title, idea, bible, or the whole outline: chapters that are named stay, others are new or go",
  auth: "session",
  params: storyId,
  body: z.object({
    /** The version that was changed. */
    version: wholeNumber(1, 2 ** 31 - 1),
    title: title.optional(),
    idea: storyIdea.optional(),
    bible: storyBible.nullable().optional(),
    chapters: z
      .array(
        outlineChapter.extend({
          id: chapterId.optional(),
          target_words: wholeNumber(MIN_WORDS_PER_CHAPTER, MAX_WORDS_PER_CHAPTER).optional(),
        }),
      )
      .max(MAX_CHAPTERS, `must be at most ${MAX_CHAPTERS} chapters`)
      .optional(),
  }),
  response: z.object({ story_id: z.string(), version: count }),
  envelope: "unified",
  recorded: true,
  errors: ["not_found", "version_conflict", "story_busy"],
});

export const deleteStory = defineOperation({
  id: "deleteStory",
  method: "DELETE",
  path: "/api/me/stories/{id}",
  summary: "Delete a story with its plan and versions; what stands in the workspace stays there",
  auth: "session",
  params: storyId,
  response: z.object({ deleted: z.literal(true) }),
  envelope: "unified",
  recorded: true,
  errors: ["not_found", "story_busy"],
});

const START_ERRORS = [
  "not_found",
  "story_busy",
  "insufficient_credits",
  "storage_limit_exceeded",
  "too_many_generations",
  "unavailable",
] as const;

export const writeStoryBible = defineOperation({
  id: "writeStoryBible",
  method: "POST",
  path: "/api/me/stories/{id}/bible",
  summary: "Have a bible made: people, places, rules, style",
  auth: "session",
  params: storyId,
  body: z.object({}),
  response: startedShape,
  envelope: "unified",
  recorded: true,
  errors: START_ERRORS,
});

export const writeStoryOutline = defineOperation({
  id: "writeStoryOutline",
  method: "POST",
  path: "/api/me/stories/{id}/outline",
  summary: "Have the chapters planned, or one of them planned anew",
  auth: "session",
  params: storyId,
  body: z.object({ chapter_id: chapterId.optional() }),
  response: startedShape,
  envelope: "unified",
  recorded: true,
  errors: START_ERRORS,
});

export const writeStoryChapters = defineOperation({
  id: "writeStoryChapters",
  method: "POST",
  path: "/api/me/stories/{id}/chapters",
  summary: "Write chapters, from where each stands: those that are named, else all that are not done",
  auth: "session",
  params: storyId,
  body: z.object({
    chapters: z.array(chapterId).min(1).max(MAX_CHAPTERS).optional(),
    /** From the beginning, though they are written: the first time is free. */
    rewrite: z.boolean("must be true or false").default(false),
  }),
  response: startedShape,
  envelope: "unified",
  recorded: true,
  errors: START_ERRORS,
});

export const saveStory = defineOperation({
  id: "saveStory",
  method: "POST",
  path: "/api/me/stories/{id}/save",
  summary:
    "Put into the project what it lacks: what had no room, and chapters that were changed there, at its end",
  auth: "session",
  params: storyId,
  body: z.object({}),
  response: z.object({ project_code: z.string().nullable(), unsaved: z.literal(false) }),
  envelope: "unified",
  errors: ["not_found", "storage_limit_exceeded"],
});

const chapterParams = storyId.extend({ chapter: chapterId });

export const listChapterVersions = defineOperation({
  id: "listChapterVersions",
  method: "GET",
  path: "/api/me/stories/{id}/chapters/{chapter}/versions",
  summary: "The texts that a chapter had before, newest first",
  auth: "session",
  params: chapterParams,
  response: z.object({
    versions: z.array(
      z.object({
        id: z.string(),
        draft: count,
        text: z.string(),
        words: count,
        reason: z.enum(["rewritten", "restored"]),
        created_at: timestamp,
      }),
    ),
  }),
  envelope: "unified",
  errors: ["not_found"],
});

export const restoreChapterVersion = defineOperation({
  id: "restoreChapterVersion",
  method: "POST",
  path: "/api/me/stories/{id}/chapters/{chapter}/restore",
  summary: "Put an earlier text of a chapter back; the one that stood there becomes a version",
  auth: "session",
  params: chapterParams,
  body: z.object({ version_id: z.uuid("must be the id of a version") }),
  response: z.object({ chapter_id: z.string() }),
  envelope: "unified",
  recorded: true,
  errors: ["not_found", "story_busy"],
});
