import "server-only";
import type { PieceStatus } from "@/lib/contract/studio";
import type { Outline, StoryBible, StoryIdea, StoryMemory, StoryWarning } from "@/lib/contract/story-input";

/** A story as the database has it. */
export interface StoryRow {
  readonly id: string;
  readonly user_id: string;
  readonly title: string;
  readonly idea: StoryIdea;
  readonly bible: StoryBible | null;
  readonly version: number;
  readonly project_code: string | null;
  readonly project_version: number | null;
  readonly label: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** A chapter as the database has it. */
export interface ChapterRow {
  readonly id: string;
  readonly position: number;
  readonly title: string;
  readonly point_of_view: string;
  readonly beats: string[];
  readonly target_words: number;
  readonly status: Exclude<PieceStatus, "writing">;
  readonly text: string;
  readonly words: number;
  readonly chargeable_words: number;
  readonly charged_credits: number;
  readonly draft: number;
  readonly free: boolean;
  readonly free_rewrite_used: boolean;
  readonly out_of_date: boolean;
  readonly warnings: StoryWarning[];
  readonly memory: StoryMemory | null;
  readonly saved_text: string;
}

/** The plans of the chapters, in order. */
export function outlineOf(chapters: readonly ChapterRow[]): Outline {
  return chapters.map(({ title, point_of_view, beats }) => ({ title, point_of_view, beats }));
}
