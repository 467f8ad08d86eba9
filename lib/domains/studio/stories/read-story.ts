import "server-only";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import type {
  getStory as getOperation,
  listChapterVersions as versionsOperation,
  listStories as listOperation,
  StoryChapter,
  StoryStatus,
  StorySummary,
  WholeStory,
} from "@/lib/contract/story";
import { database } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import { personOf } from "@/lib/foundation/person-of";
import { makeCursor, parseCursor } from "../list-cursor";
import { findGeneration } from "../read-generation";
import { recoverOf } from "../recover-generations";
import { quoteOfUnit } from "../settlement";
import { findLast } from "./find-story";
import { CHAPTERS, FIND_STORY, LIST_STORIES, VERSION_COUNTS, VERSIONS } from "./statements";
import type { ChapterRow, StoryRow } from "./story-row";

/** A story as its page needs it; null where the person has no such story. */
export async function findStory(userId: string, id: string): Promise<WholeStory | null> {
  const [row] = await database.query<StoryRow>(FIND_STORY, [userId, id]);
  if (row === undefined) return null;
  await recoverOf(userId);
  // Before the chapters: what ends meanwhile is then seen in both, and never in neither.
  const last = await findLast(database, userId, id);
  const made = last && (await findGeneration(userId, last.id));
  const chapters = await database.query<ChapterRow>(CHAPTERS, [userId, id]);
  const counts = await database.query<{ chapter_id: string; versions: number }>(VERSION_COUNTS, [userId, id]);
  const versions = new Map(counts.map((one) => [one.chapter_id, one.versions]));
  const active = made?.generation.status === "writing";
  return {
    story: toSummary({ ...row, ...countsOf(chapters), active }),
    bible: row.bible,
    chapters: chapters.map((chapter) => toChapter(row, chapter, versions.get(chapter.id) ?? 0)),
    generation: made?.generation ?? null,
    pieces: active ? made.pieces : [],
  };
}

/** @throws `not_found`, also for a story of another person. */
export async function getStory({
  caller,
  id,
}: InputOf<typeof getOperation> & { caller: Caller }): Promise<OutputOf<typeof getOperation>> {
  const found = await findStory(personOf(caller), id);
  if (found === null) throw new AppError("not_found");
  return found;
}

interface Counts {
  readonly chapters: number;
  readonly done: number;
  readonly words: number;
  readonly target_words: number;
  readonly unsaved: boolean;
}

type ListedStory = StoryRow & Counts & { readonly active: boolean };

/** A person's stories, the one that was worked on last first. @throws `invalid_request` for a strange cursor. */
export async function listStories({
  caller,
  ...input
}: InputOf<typeof listOperation> & { caller: Caller }): Promise<OutputOf<typeof listOperation>> {
  return storiesOf(personOf(caller), input);
}

/** As `listStories`, for a page that knows whose stories it shows. */
export async function storiesOf(
  userId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ stories: StorySummary[]; next_cursor: string | null }> {
  const behind = cursor === undefined ? null : parseCursor(cursor);
  const rows = await database.query<ListedStory>(LIST_STORIES, [
    userId,
    limit + 1,
    behind?.at ?? null,
    behind?.id ?? null,
  ]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    stories: page.map(toSummary),
    next_cursor: rows.length > limit && last !== undefined ? makeCursor(last.updated_at, last.id) : null,
  };
}

type Versions = OutputOf<typeof versionsOperation>;
type VersionRow = Omit<Versions["versions"][number], "created_at"> & { created_at: Date };

/** The texts that a chapter had before. */
export async function listChapterVersions({
  caller,
  id,
  chapter,
}: InputOf<typeof versionsOperation> & { caller: Caller }): Promise<Versions> {
  const userId = personOf(caller);
  const chapters = await database.query<ChapterRow>(CHAPTERS, [userId, id]);
  if (!chapters.some((one) => one.id === chapter)) throw new AppError("not_found");
  const rows = await database.query<VersionRow>(VERSIONS, [userId, chapter]);
  return { versions: rows.map((row) => ({ ...row, created_at: toTimestamp(row.created_at) })) };
}

function countsOf(chapters: readonly ChapterRow[]): Counts {
  return {
    chapters: chapters.length,
    done: chapters.filter(({ status }) => status === "done").length,
    words: chapters.reduce((sum, { words }) => sum + words, 0),
    target_words: chapters.reduce((sum, { target_words }) => sum + target_words, 0),
    unsaved: chapters.some(({ text, saved_text }) => text !== saved_text),
  };
}

function toSummary(row: ListedStory): StorySummary {
  return {
    id: row.id,
    title: row.title,
    status: statusOf(row),
    active: row.active,
    idea: row.idea,
    version: row.version,
    chapters: row.chapters,
    chapters_done: row.done,
    words: row.words,
    target_words: row.target_words,
    project_code: row.project_code,
    unsaved: row.unsaved,
    label: row.label,
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
  };
}

function statusOf({ chapters, done, words }: Counts): StoryStatus {
  if (chapters === 0) return "idea";
  if (done === chapters) return "done";
  return words > 0 ? "begun" : "planned";
}

function toChapter({ idea }: StoryRow, chapter: ChapterRow, versions: number): StoryChapter {
  const { text, saved_text, chargeable_words, free_rewrite_used: rewritten } = chapter;
  const priced = { kind: "story-chapters", model: idea.model } as const;
  const fresh = { ...chapter, status: "waiting", words: 0, words_before: 0, chargeable_words: 0 } as const;
  const again = { ...fresh, charged_credits: 0, free: !rewritten };
  const standing = { ...chapter, nth: chapter.position, words_before: chapter.words };
  return {
    id: chapter.id,
    position: chapter.position,
    title: chapter.title,
    point_of_view: chapter.point_of_view,
    beats: chapter.beats,
    target_words: chapter.target_words,
    status: chapter.status,
    text,
    words: chapter.words,
    charged_words: chargeable_words,
    charged_credits: chapter.charged_credits,
    out_of_date: chapter.out_of_date,
    warnings: chapter.warnings,
    unsaved: text !== saved_text,
    versions,
    quote: quoteOfUnit({ ...priced, charged_credits: chapter.charged_credits }, [standing]),
    rewrite_quote:
      text === ""
        ? null
        : quoteOfUnit({ ...priced, charged_credits: 0 }, [{ ...again, nth: chapter.position }]),
  };
}
