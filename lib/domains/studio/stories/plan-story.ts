import "server-only";
import type { InputOf } from "@/lib/contract/operation";
import type { writeStoryOutline as outlineOperation } from "@/lib/contract/story";
import type { Connection } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import type { Recorded } from "@/lib/foundation/recorded";
import { alreadyWriting, beginGeneration, type Plan, type Started } from "../begin-generation";
import type { StoryPartInput } from "../generation-row";
import type { LockedPerson } from "../person-command";
import { findActive, requireStory, storyBusy } from "./find-story";
import { CHAPTERS } from "./statements";
import type { ChapterRow } from "./story-row";

/** Has a bible made for a story, in the place of the one that is there. @throws as `beginGeneration`, and `story_busy`. */
export function writeStoryBible({ caller, id }: { caller: Caller; id: string }): Promise<Recorded<Started>> {
  return beginGeneration(caller, (transaction, person) => planned(transaction, person, id, "story-bible"));
}

/**
 * Has all chapters planned, or one of them anew.
 * @throws as `beginGeneration`, `story_busy`, and `invalid_request` where chapters are written and all were to be planned.
 */
export function writeStoryOutline({
  caller,
  id,
  chapter_id: chapterId,
}: InputOf<typeof outlineOperation> & { caller: Caller }): Promise<Recorded<Started>> {
  return beginGeneration(caller, async (transaction, person) => {
    const chapters = await transaction.query<ChapterRow>(CHAPTERS, [person.id, id]);
    if (chapterId !== undefined && !chapters.some((chapter) => chapter.id === chapterId))
      throw new AppError("not_found");
    if (chapterId === undefined && chapters.some(({ text }) => text !== "")) {
      throw new AppError("invalid_request", {
        message: "Chapters of this story are written. Plan single chapters anew, or begin another story.",
      });
    }
    return planned(transaction, person, id, "story-outline", chapterId);
  });
}

async function planned(
  transaction: Connection,
  person: LockedPerson,
  id: string,
  kind: "story-bible" | "story-outline",
  chapterId?: string,
): Promise<Plan | Recorded<Started>> {
  const story = await requireStory(transaction, person.id, id);
  const active = await findActive(transaction, person.id, id);
  if (active !== null) {
    if (active.kind === kind && chapterId === undefined) return alreadyWriting(active, person);
    throw storyBusy(active.id);
  }
  const { premise, language } = story.idea;
  const input: StoryPartInput = {
    title: story.title,
    premise,
    ...(language === undefined ? {} : { language }),
    ...(chapterId === undefined ? {} : { chapterId }),
  };
  return {
    subject: { kind, input },
    model: story.idea.model,
    storyId: id,
    projectCode: story.project_code,
    pieces: [{ nth: 1, target_words: 0 }],
    bytes: 0,
  };
}
