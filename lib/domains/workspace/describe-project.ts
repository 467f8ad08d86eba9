import "server-only";
import type { Project } from "@/lib/contract/workspace";
import { describeStorage, type Storage, toMegabytes } from "@/lib/contract/storage";
import { toTimestamp } from "@/lib/foundation/clock";

/** A project as the database tells of it. */
export interface ProjectRow {
  readonly code: string;
  readonly title: string;
  readonly app_source: string;
  readonly project_type: string;
  readonly metadata: unknown;
  readonly size_bytes: number;
  readonly word_count: number;
  readonly version: number;
  readonly created_at: Date | string;
  readonly updated_at: Date | string;
}

/** What a person's workspace holds, as a command's result records it. */
export interface SpaceFacts {
  readonly used_bytes: number;
  readonly limit_bytes: number;
  readonly project_count: number;
  readonly user_version: number;
}

/** What a hold paid for a project, as it is recorded with it. */
export interface Payment {
  readonly credits_deducted: number;
  readonly credits_released: number;
  readonly new_balance: number;
  readonly low_balance: boolean;
  readonly transaction_id: string | null;
}

/** A project as the contract shows it, under all of its names. */
export function describeProject(row: ProjectRow, content: string | null): Project {
  const sizeMb = toMegabytes(row.size_bytes);
  return {
    code: row.code,
    id: row.code,
    project_code: row.code,
    title: row.title,
    content,
    app_source: row.app_source,
    project_type: row.project_type,
    metadata: row.metadata as Project["metadata"], // written as an object only
    size_bytes: row.size_bytes,
    size_mb: sizeMb,
    file_size_mb: sizeMb,
    word_count: row.word_count,
    version: row.version,
    created_at: toTimestamp(new Date(row.created_at)),
    updated_at: toTimestamp(new Date(row.updated_at)),
  };
}

export function describeSpace(facts: SpaceFacts): Storage {
  return describeStorage(facts.used_bytes, facts.limit_bytes, facts.project_count);
}
