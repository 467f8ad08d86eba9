import "server-only";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import type {
  createStory as createOperation,
  deleteStory as deleteOperation,
  restoreChapterVersion as restoreOperation,
  updateStory as updateOperation,
} from "@/lib/contract/story";
import type { StoryIdea } from "@/lib/contract/story-input";
import type { Connection } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import { newId } from "@/lib/foundation/ids";
import type { Recorded } from "@/lib/foundation/recorded";
import { personOf } from "@/lib/foundation/person-of";
import { shortened } from "../kinds";
import { personCommand } from "../person-command";
import { SaveFailed } from "../save-text";
import { findActive, requireStory, type StoryGeneration, storyBusy } from "./find-story";
import { putOutline } from "./keep-plan";
import { saveStory } from "./save-story";
import {
  CHAPTERS,
  CREATE_STORY,
  DELETE_STORY,
  RESTORE_VERSION,
  SET_TARGETS,
  TRIM_VERSIONS,
  UPDATE_STORY,
} from "./statements";
import type { ChapterRow, StoryRow } from "./story-row";

const TITLE_CHARACTERS = 60;

/** A new story: an idea, and nothing written yet. Without a title it is called by its premise. */
export async function createStory({
  caller,
  idea,
  title,
}: InputOf<typeof createOperation> & { caller: Caller }): Promise<
  Recorded<OutputOf<typeof createOperation>>
> {
  const name = title ?? shortened(idea.premise, TITLE_CHARACTERS);
  const values = [personOf(caller), newId(), name, JSON.stringify(idea)];
  const created = await runRecorded<OutputOf<typeof createOperation>>(
    CREATE_STORY,
    caller.idempotency,
    values,
  );
  if (created === null) throw new AppError("internal", { internal: "a story was not created" });
  return created;
}

type Change = InputOf<typeof updateOperation>;
type Changed = OutputOf<typeof updateOperation>;

/**
 * Changes what a story is to be. The outline comes as a whole: chapters that are named stay the ones that they are, wherever
 * they stand now. Two that change the same version: the second is told what is stored, and nothing of either is lost.
 *
 * @throws `not_found`, `version_conflict` with the version that is stored, `story_busy` where something is being made of what is
 *   to be changed, `invalid_request` for a model that would go on with what another began.
 */
export async function updateStory({
  caller,
  id,
  ...change
}: Change & { caller: Caller }): Promise<Recorded<Changed>> {
  return personCommand<Changed>(caller, async (transaction, person) => {
    const story = await requireStory(transaction, person.id, id);
    if (story.version !== change.version) throw conflict(story, change.version);
    const chapters = await transaction.query<ChapterRow>(CHAPTERS, [person.id, id]);
    refuseWhileMade(await findActive(transaction, person.id, id), change, chapters);
    if (change.idea !== undefined) refuseOtherModel(story.idea, change.idea, chapters);
    const changed = await runRecorded<Changed>(
      UPDATE_STORY,
      caller.idempotency,
      [
        person.id,
        id,
        change.version,
        change.title ?? null,
        change.idea === undefined ? null : JSON.stringify(change.idea),
        change.bible == null ? null : JSON.stringify(change.bible),
        change.bible !== undefined,
      ],
      transaction,
    );
    if (changed === null) throw conflict(story, change.version);
    if (changed.replayed) return changed;
    const now = { ...story, idea: change.idea ?? story.idea };
    if (change.idea !== undefined)
      await transaction.query(SET_TARGETS, [person.id, id, change.idea.words_per_chapter]);
    if (change.chapters !== undefined) {
      await changeOutline(transaction, now, chapters, change.chapters);
      if (chapters.some(({ text }) => text !== "")) await saveQuietly(transaction, person.id, id);
    }
    return changed;
  });
}

/** Chapters in another order, without one, or under another name are the project's matter, too, while nobody changed it there. */
async function saveQuietly(transaction: Connection, userId: string, id: string): Promise<void> {
  try {
    await saveStory(transaction, userId, id);
  } catch (error) {
    // No room for a longer heading: the text is there, and is saved with the next chapter.
    if (!(error instanceof SaveFailed && error.cause instanceof AppError)) throw error;
  }
}

async function changeOutline(
  transaction: Connection,
  story: StoryRow,
  chapters: readonly ChapterRow[],
  wanted: NonNullable<Change["chapters"]>,
): Promise<void> {
  const known = new Map(chapters.map((chapter) => [chapter.id, chapter]));
  const named = wanted.flatMap(({ id }) => (id === undefined ? [] : [id]));
  if (new Set(named).size < named.length || named.some((one) => !known.has(one)))
    throw new AppError("not_found");
  // From the first place that changed, what is written was written for another story.
  const first = wanted.findIndex((plan, at) => !samePlan(chapters[at], plan));
  const from = first < 0 && wanted.length < chapters.length ? wanted.length : first;
  const moved = wanted.findIndex(({ id }, at) => chapters[at]?.id !== id);
  const rows = wanted.map(({ id = newId(), target_words, ...plan }, at) => ({
    ...plan,
    id,
    target_words: target_words ?? known.get(id)?.target_words,
    stale: from >= 0 && at >= from,
    moved: moved >= 0 && at >= moved,
  }));
  await putOutline(transaction, story, rows);
}

type WantedChapter = NonNullable<Change["chapters"]>[number];

function samePlan(chapter: ChapterRow | undefined, plan: WantedChapter): boolean {
  if (chapter === undefined || chapter.id !== plan.id) return false;
  const facts = ({ point_of_view, beats }: Pick<WantedChapter, "point_of_view" | "beats">) =>
    JSON.stringify([point_of_view, beats]);
  return facts(chapter) === facts(plan);
}

/** While chapters are written, the plans of those that are not begun may change, and nothing else of the outline. */
function refuseWhileMade(
  active: StoryGeneration | null,
  change: Omit<Change, "id">,
  chapters: readonly ChapterRow[],
): void {
  if (active === null) return;
  const bible = active.kind === "story-bible" && change.bible !== undefined;
  const outline =
    change.chapters !== undefined &&
    !(active.kind === "story-chapters" && onlyPlans(chapters, change.chapters));
  const idea = change.idea !== undefined;
  if (bible || outline || idea) throw storyBusy(active.id);
}

function onlyPlans(chapters: readonly ChapterRow[], wanted: readonly WantedChapter[]): boolean {
  return (
    wanted.length === chapters.length &&
    wanted.every((plan, at) => {
      const chapter = chapters[at];
      return plan.id === chapter?.id && (chapter?.status === "waiting" || samePlan(chapter, plan));
    })
  );
}

/** What is written of a chapter and not finished is priced by the model that wrote it. */
function refuseOtherModel(before: StoryIdea, after: StoryIdea, chapters: readonly ChapterRow[]): void {
  const begun = chapters.find(({ status, text }) => status !== "done" && text !== "");
  if (before.model === after.model || begun === undefined) return;
  throw new AppError("invalid_request", {
    message: `Chapter ${begun.position} was begun with the other model. Finish it or write it anew first.`,
  });
}

function conflict(story: StoryRow, version: number): AppError {
  return new AppError("version_conflict", {
    message: "The story was changed in the meantime.",
    details: `You changed version ${version} but version ${story.version} is stored`,
    extra: { version: story.version, title: story.title, updated_at: toTimestamp(story.updated_at) },
  });
}

/** Deletes a story; its project stays. @throws `not_found`, `story_busy`. */
export async function deleteStory({
  caller,
  id,
}: InputOf<typeof deleteOperation> & { caller: Caller }): Promise<
  Recorded<OutputOf<typeof deleteOperation>>
> {
  return personCommand<OutputOf<typeof deleteOperation>>(caller, async (transaction, person) => {
    await requireStory(transaction, person.id, id);
    const active = await findActive(transaction, person.id, id);
    if (active !== null) throw storyBusy(active.id);
    const deleted = await runRecorded<OutputOf<typeof deleteOperation>>(
      DELETE_STORY,
      caller.idempotency,
      [person.id, id],
      transaction,
    );
    if (deleted === null) throw new AppError("not_found");
    return deleted;
  });
}

type Restored = OutputOf<typeof restoreOperation>;

/** Puts an earlier text of a chapter back, and keeps the one that stood there. @throws `not_found`, `story_busy`. */
export async function restoreChapterVersion({
  caller,
  id,
  chapter,
  version_id: versionId,
}: InputOf<typeof restoreOperation> & { caller: Caller }): Promise<Recorded<Restored>> {
  return personCommand<Restored>(caller, async (transaction, person) => {
    await requireStory(transaction, person.id, id);
    const active = await findActive(transaction, person.id, id);
    if (active !== null) throw storyBusy(active.id);
    const values = [person.id, id, chapter, versionId, newId()];
    const restored = await runRecorded<Restored>(RESTORE_VERSION, caller.idempotency, values, transaction);
    if (restored === null) throw new AppError("not_found");
    if (!restored.replayed) {
      await transaction.query(TRIM_VERSIONS, [person.id]);
      await saveQuietly(transaction, person.id, id);
    }
    return restored;
  });
}
