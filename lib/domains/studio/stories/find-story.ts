import "server-only";
import type { Connection } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import type { GenerationKind, GenerationStatus } from "@/lib/contract/studio";
import { FIND_STORY, LAST_GENERATION } from "./statements";
import type { StoryRow } from "./story-row";

/** @throws `not_found`, also for a story of another person. */
export async function requireStory(connection: Connection, userId: string, id: string): Promise<StoryRow> {
  const [story] = await connection.query<StoryRow>(FIND_STORY, [userId, id]);
  if (story === undefined) throw new AppError("not_found");
  return story;
}

export interface StoryGeneration {
  readonly id: string;
  readonly kind: GenerationKind;
  readonly status: GenerationStatus;
  readonly quoted_credits: number;
}

/** What is being made of a story now. */
export async function findActive(
  connection: Connection,
  userId: string,
  storyId: string,
): Promise<StoryGeneration | null> {
  const last = await findLast(connection, userId, storyId);
  return last?.status === "writing" ? last : null;
}

/** What is being made of a story, else what was made last. */
export async function findLast(
  connection: Connection,
  userId: string,
  storyId: string,
): Promise<StoryGeneration | null> {
  const [last] = await connection.query<StoryGeneration>(LAST_GENERATION, [userId, storyId]);
  return last ?? null;
}

export function storyBusy(generationId: string): AppError {
  return new AppError("story_busy", { extra: { generation_id: generationId } });
}
