import "server-only";
import type { OutlineChapter, StoryBible } from "@/lib/contract/story-input";
import type { Connection } from "@/lib/database/client";
import { newId } from "@/lib/foundation/ids";
import type { GenerationRow } from "../generation-row";
import { CHAPTERS, FIND_STORY, PUT_BIBLE, PUT_OUTLINE, TOUCH_STORY } from "./statements";
import type { ChapterRow, StoryRow } from "./story-row";

/** A bible that a model made takes the place of the one that was there. */
export async function keepBible(
  transaction: Connection,
  { user_id: userId, story_id: storyId, label }: GenerationRow,
  bible: StoryBible,
): Promise<void> {
  await transaction.query(PUT_BIBLE, [userId, storyId, JSON.stringify(bible), label]);
}

/**
 * Plans that a model made. Chapters keep what they are: only where there are none yet, or none of them is written, they are
 * all made anew; the plan of a single one is exchanged in its place.
 */
export async function keepOutline(
  transaction: Connection,
  generation: GenerationRow,
  outline: readonly OutlineChapter[],
): Promise<void> {
  const { user_id: userId, story_id: storyId, label } = generation;
  const [story] = await transaction.query<StoryRow>(FIND_STORY, [userId, storyId]);
  if (story === undefined) return;
  const standing = await transaction.query<ChapterRow>(CHAPTERS, [userId, storyId]);
  const only = "chapterId" in generation.input ? generation.input.chapterId : undefined;
  const chapters =
    only === undefined
      ? outline.map((plan, at) => ({ ...plan, id: standing[at]?.id ?? newId(), stale: false, moved: false }))
      : standing.map((chapter) => ({
          ...chapter,
          ...(chapter.id === only ? outline[0] : {}),
          stale: chapter.id === only,
          moved: false,
        }));
  await putOutline(transaction, story, chapters);
  await transaction.query(TOUCH_STORY, [userId, storyId, label]);
}

/**
 * A chapter as its plan is to be. `stale`: what is written of it was written for another plan; `moved`: other chapters stand
 * before it now, or in another order.
 */
export interface PlannedChapter extends OutlineChapter {
  readonly id: string;
  readonly target_words?: number | undefined;
  readonly stale: boolean;
  readonly moved: boolean;
}

/** The plans of all chapters, in their order. */
export async function putOutline(
  transaction: Connection,
  { id, user_id: userId, idea }: StoryRow,
  chapters: readonly PlannedChapter[],
): Promise<void> {
  const rows = chapters.map(({ title, point_of_view, beats, ...chapter }, at) => ({
    id: chapter.id,
    position: at + 1,
    title,
    point_of_view,
    beats,
    target_words: chapter.target_words ?? idea.words_per_chapter,
    stale: chapter.stale,
    moved: chapter.moved,
  }));
  await transaction.query(PUT_OUTLINE, [userId, id, JSON.stringify(rows)]);
}
