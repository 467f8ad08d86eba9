import type { StoryIdea } from "@/lib/contract/story-input";
import type { WholeStory } from "@/lib/contract/story";
import { pool } from "@/lib/database/client";
import { createStory, updateStory } from "@/lib/domains/studio/stories/edit-story";
import { findStory } from "@/lib/domains/studio/stories/read-story";
import { writeStoryChapters } from "@/lib/domains/studio/stories/write-chapters";
import { sessionOf, untilEnded } from "./generations";
import { outlineFor, storyIdeaOf } from "./stories";

/** A story with a plan, and nothing written. */
export async function plannedStory(user: string, idea: Partial<StoryIdea> = {}): Promise<WholeStory> {
  const caller = sessionOf(user);
  const whole = storyIdeaOf({ chapters: 3, words_per_chapter: 400, ...idea });
  const { result } = await createStory({ caller, idea: whole, title: "The Light" });
  const id = result.story_id;
  await updateStory({ caller, id, version: 1, chapters: outlineFor(whole.chapters) });
  return storyOf(user, id);
}

export async function storyOf(user: string, id: string): Promise<WholeStory> {
  const found = await findStory(user, id);
  if (found === null) throw new Error("there is no such story");
  return found;
}

/** Begins to write chapters, by their numbers; all that are not done without them. */
export async function writeChapters(
  user: string,
  { story, chapters }: WholeStory,
  numbers?: readonly number[],
  options: { rewrite?: boolean; key?: string } = {},
): Promise<{ id: string; quoted: number }> {
  const { result } = await writeStoryChapters({
    caller: sessionOf(user, options.key),
    id: story.id,
    rewrite: options.rewrite ?? false,
    ...(numbers === undefined
      ? {}
      : { chapters: numbers.map((number) => chapters[number - 1]?.id ?? "missing") }),
  });
  return { id: result.generation_id, quoted: result.quoted_credits };
}

/** Writes chapters to the end, whatever that is; the story as it stands then. */
export async function writtenStory(
  user: string,
  story: WholeStory,
  numbers?: readonly number[],
  options: { rewrite?: boolean } = {},
): Promise<WholeStory> {
  const { id } = await writeChapters(user, story, numbers, options);
  await untilEnded(user, id);
  return storyOf(user, story.story.id);
}

/** Of every hold of a person that ended, what was held against what was charged and given back. */
export async function holdsOf(user: string): Promise<{ amount: number; captured: number; status: string }[]> {
  const { rows } = await pool().query<{ amount: number; captured: number; status: string }>(
    "SELECT amount, captured_amount AS captured, status FROM holds WHERE user_id = $1 ORDER BY created_at, id",
    [user],
  );
  return rows;
}

/** The lines of a story's history. */
export async function linesOf(user: string) {
  const { rows } = await pool().query(
    "SELECT s.nth, s.quoted, s.charged, s.released, s.words, s.why FROM generation_settlements s WHERE s.user_id = $1 ORDER BY s.created_at, s.nth",
    [user],
  );
  return rows as {
    nth: number;
    quoted: number;
    charged: number;
    released: number;
    words: number;
    why: string;
  }[];
}
