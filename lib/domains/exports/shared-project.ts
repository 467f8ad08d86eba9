import "server-only";
import { isPictureType, readPicture } from "@/lib/contract/picture";
import { database } from "@/lib/database/client";
import { labelOf } from "@/lib/domains/workspace/project-file";
import type { Project } from "@/lib/contract/workspace";
import { languageOf } from "./language";
import { renderReading } from "./render-reading";
import { FIND_SHARED } from "./statements";

/** What a link shows: nothing in it tells whose it is but the name that they chose to be called by. */
export interface SharedProject {
  readonly title: string;
  readonly author: string;
  readonly label: string | null;
  readonly language: string;
  readonly words: number;
  readonly updatedAt: Date;
  /** The `src` of what is a picture; null for a text. */
  readonly picture: string | null;
  /** The text as markup that is safe to stand in a page; empty for a picture. */
  readonly markup: string;
}

interface SharedRow {
  readonly code: string;
  readonly title: string;
  readonly content: string;
  readonly project_type: string;
  readonly metadata: Project["metadata"];
  readonly word_count: number;
  readonly version: number;
  readonly updated_at: Date;
  readonly user_id: string;
  readonly username: string;
}

/** What this link shows now, or null: revoked, past its time, deleted, or never there, all look alike. */
export async function findSharedProject(token: string): Promise<SharedProject | null> {
  if (!/^[\w-]{32}$/.test(token)) return null;
  const [row] = await database.query<SharedRow>(FIND_SHARED, [token]);
  if (row === undefined) return null;
  const pictures = `/api/shares/${token}/pictures/`;
  const isPicture = isPictureType(row.project_type) && readPicture(row.content) !== null;
  return {
    title: row.title,
    author: row.username,
    label: labelOf(row.metadata),
    language: languageOf(row.metadata?.language, row.content),
    words: row.word_count,
    updatedAt: row.updated_at,
    picture: isPicture ? pictures + row.code : null,
    markup: isPicture ? "" : await renderReading(row, pictures),
  };
}
