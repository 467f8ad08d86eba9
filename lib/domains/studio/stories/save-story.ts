import "server-only";
import type { Connection } from "@/lib/database/client";
import { saveProject } from "@/lib/domains/workspace/save-project";
import { changeProject } from "@/lib/domains/workspace/update-project";
import { AppError } from "@/lib/foundation/app-error";
import { logger } from "@/lib/foundation/logger";
import { labelled, SaveFailed } from "../save-text";
import { CHAPTERS, FIND_STORY, STORY_PROJECT, STORY_SAVED } from "./statements";
import { type Merged, mergeStory, renderStory } from "./story-markdown";
import type { ChapterRow, StoryRow } from "./story-row";

/** The person is the owner of whatever they have in the workspace. */
const OWNER = { kind: "session", app: "penora", admin: false, idempotency: null } as const;

/**
 * Brings the project up to the story, in a transaction that has locked the person. As long as nobody changed the project it
 * is the story; from then on its owner's words stay, and chapters find their place among them. A project that was deleted is
 * begun anew. Answers its code, null while nothing is written.
 * @throws `SaveFailed`.
 */
export async function saveStory(
  transaction: Connection,
  userId: string,
  storyId: string,
  options: { lostToEnd?: boolean } = {},
): Promise<string | null> {
  const [story] = await transaction.query<StoryRow>(FIND_STORY, [userId, storyId]);
  const chapters = await transaction.query<ChapterRow>(CHAPTERS, [userId, storyId]);
  if (story === undefined || chapters.every(({ text }) => text === "")) return story?.project_code ?? null;
  try {
    const [project] = await transaction.query<StoredStory>(STORY_PROJECT, [userId, story.project_code]);
    const { code, version, placed } =
      project === undefined
        ? await create(transaction, story, chapters)
        : await update(transaction, story, chapters, project, options);
    await transaction.query(STORY_SAVED, [userId, storyId, code, version, placed]);
    return code;
  } catch (error) {
    if (!(error instanceof AppError && error.code === "storage_limit_exceeded"))
      logger().warn({ err: error, story_id: storyId }, "a story could not be saved");
    throw new SaveFailed(error);
  }
}

interface StoredStory {
  readonly content: string;
  readonly metadata: Record<string, unknown> | null;
  readonly version: number;
}

interface SavedStory {
  readonly code: string;
  readonly version: number;
  readonly placed: readonly string[];
}

async function create(
  transaction: Connection,
  story: StoryRow,
  chapters: readonly ChapterRow[],
): Promise<SavedStory> {
  const { result } = await saveProject(
    {
      user_id: story.user_id,
      app_source: "penora",
      project_type: "story",
      title: story.title,
      content: renderStory(chapters),
      metadata: {
        story_id: story.id,
        model: story.idea.model,
        ...(story.label === null ? {} : { label: story.label }),
      },
      caller: OWNER,
    },
    transaction,
  );
  return { code: result.project_code, version: result.version, placed: chapters.map(({ id }) => id) };
}

async function update(
  transaction: Connection,
  story: StoryRow,
  chapters: readonly ChapterRow[],
  project: StoredStory,
  options: { lostToEnd?: boolean },
): Promise<SavedStory> {
  const code = story.project_code ?? "";
  const untouched = project.version === story.project_version;
  const merged: Merged = untouched
    ? { content: renderStory(chapters), placed: chapters.map(({ id }) => id) }
    : mergeStory(project.content, chapters, options);
  const { placed } = merged;
  // Once its owner has changed it, it stays theirs: it is never made anew from the story.
  const theirs = { code, version: story.project_version ?? 0, placed };
  if (merged.content === project.content) return untouched ? { ...theirs, version: project.version } : theirs;
  const { result } = await changeProject(
    {
      user_id: story.user_id,
      code,
      content: merged.content,
      ...(untouched ? { title: story.title } : {}),
      ...labelled(project, story.label),
      version: project.version,
      caller: OWNER,
    },
    transaction,
  );
  return untouched ? { ...theirs, version: result.version } : theirs;
}
