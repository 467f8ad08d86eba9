import "server-only";
import { estimateTextBytes } from "@/lib/contract/text-size";
import type { InputOf } from "@/lib/contract/operation";
import type { writeStoryChapters as operation } from "@/lib/contract/story";
import { type Connection, database } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import type { Recorded } from "@/lib/foundation/recorded";
import { alreadyWriting, beginGeneration, type LaidPiece, type Started } from "../begin-generation";
import type { GenerationRow } from "../generation-row";
import { missingWords } from "../settlement";
import { findActive, requireStory, storyBusy } from "./find-story";
import { CHAPTERS, CHAPTERS_OF, TAKE_FREE_REWRITE } from "./statements";
import type { ChapterRow } from "./story-row";

/**
 * Writes chapters of a story, each from where it stands, or, with `rewrite`, from its beginning. The sum of their prices must
 * be there; each is held when it begins and settled when it ends. Where the same is being written already, tells that.
 *
 * @throws `not_found`, `story_busy` where something else of the story is being made, `invalid_request` where there is nothing
 *   to write, and as `beginGeneration`.
 */
export async function writeStoryChapters({
  caller,
  id,
  chapters: asked,
  rewrite,
}: InputOf<typeof operation> & { caller: Caller }): Promise<Recorded<Started>> {
  return beginGeneration(caller, async (transaction, person) => {
    const story = await requireStory(transaction, person.id, id);
    const all = await transaction.query<ChapterRow>(CHAPTERS, [person.id, id]);
    const active = await findActive(transaction, person.id, id);
    if (active !== null) {
      const writing = await transaction.query<WritingChapter>(CHAPTERS_OF, [person.id, active.id]);
      if (active.kind === "story-chapters" && isSame(writing, all, asked, rewrite))
        return alreadyWriting(active, person);
      throw storyBusy(active.id);
    }
    const lay = rewrite ? begunAnew : goneOnWith;
    const pieces = await lay(transaction, person.id, chosen(all, asked));
    if (pieces.length === 0) throw new AppError("invalid_request", { message: nothingToWrite(all, asked) });
    const words = pieces.reduce((sum, piece) => sum + missingOf(piece), 0);
    const { premise, language } = story.idea;
    return {
      subject: {
        kind: "story-chapters",
        input: { title: story.title, premise, ...(language === undefined ? {} : { language }) },
      },
      model: story.idea.model,
      storyId: id,
      projectCode: story.project_code,
      pieces,
      bytes: estimateTextBytes({ prompt: premise, language: language ?? null, words }),
    };
  });
}

interface WritingChapter {
  readonly chapter_id: string | null;
  readonly draft: number;
}

/** Whether all that is asked for is being written already, and anew where that is meant. */
function isSame(
  writing: readonly WritingChapter[],
  all: readonly ChapterRow[],
  asked: readonly string[] | undefined,
  rewrite: boolean,
): boolean {
  const wanted = all.filter(({ id, status }) => asked?.includes(id) ?? (rewrite || status !== "done"));
  if (wanted.length === 0 || wanted.length < new Set(asked).size) return false;
  if (rewrite && wanted.length < writing.length) return false;
  const drafts = new Map(writing.map(({ chapter_id, draft }) => [chapter_id, draft]));
  return wanted.every(({ id, draft, text }) => drafts.get(id) === draft + (rewrite && text !== "" ? 1 : 0));
}

/** What is left of the chapters of a generation, from how the story stands now. */
export async function goOnWithChapters(
  caller: Caller,
  generation: GenerationRow,
): Promise<Recorded<Started>> {
  if (generation.story_id === null) throw new AppError("not_found");
  const pieces = await database.query<{ chapter_id: string | null; status: string }>(CHAPTERS_OF, [
    generation.user_id,
    generation.id,
  ]);
  const chapters = pieces.flatMap(({ chapter_id, status }) =>
    chapter_id === null || status === "done" ? [] : [chapter_id],
  );
  if (chapters.length === 0) throw new AppError("invalid_request", { message: "This text is finished." });
  return writeStoryChapters({ caller, id: generation.story_id, chapters, rewrite: false });
}

/** Those that are named, else all; in order. @throws `not_found` for one that is not there. */
function chosen(all: readonly ChapterRow[], asked: readonly string[] | undefined): readonly ChapterRow[] {
  if (asked === undefined) return all;
  const found = all.filter(({ id }) => asked.includes(id));
  if (found.length < new Set(asked).size) throw new AppError("not_found");
  return found;
}

async function goneOnWith(
  transaction: Connection,
  userId: string,
  chapters: readonly ChapterRow[],
): Promise<LaidPiece[]> {
  const open = chapters.filter(({ status }) => status !== "done");
  // A free rewrite that broke off is still the one: going on with it takes it again.
  for (const { id, free } of open) if (free) await transaction.query(TAKE_FREE_REWRITE, [userId, id]);
  return open.map((chapter) => ({
    ...laid(chapter),
    free: chapter.free,
    text: chapter.text,
    words: chapter.words,
    chargeable_words: chapter.chargeable_words,
    charged_credits: chapter.charged_credits,
  }));
}

async function begunAnew(
  transaction: Connection,
  userId: string,
  chapters: readonly ChapterRow[],
): Promise<LaidPiece[]> {
  const pieces: LaidPiece[] = [];
  for (const chapter of chapters) {
    const written = chapter.text !== "";
    const free = written && (await transaction.query(TAKE_FREE_REWRITE, [userId, chapter.id])).length > 0;
    pieces.push({ ...laid(chapter), draft: chapter.draft + (written ? 1 : 0), free });
  }
  return pieces;
}

function laid({ id, position, title, target_words, draft }: ChapterRow): LaidPiece {
  return { nth: position, chapter_id: id, title, target_words, draft };
}

function missingOf({ target_words, words = 0 }: LaidPiece): number {
  return missingWords({ status: "waiting", target_words, words });
}

function nothingToWrite(all: readonly ChapterRow[], asked: readonly string[] | undefined): string {
  if (all.length === 0) return "Plan the chapters first.";
  return asked === undefined ? "This story is finished." : "This chapter is written already.";
}
