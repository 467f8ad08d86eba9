import "server-only";
import { BIN_DAYS, KEPT_LIMIT_BYTES, type Project } from "@/lib/contract/workspace";
import { database } from "@/lib/database/client";
import { describeProject, type ProjectRow } from "./describe-project";
import { KEPT_STATS, LIST_BIN } from "./list-statements";

const DAY_MS = 86_400_000;
const ROWS = 50;

/** A project that lies in the bin. */
export interface BinnedProject {
  readonly project: Project;
  readonly deletedAt: Date;
  /** Whole days, begun, until it goes for good. */
  readonly daysLeft: number;
}

export interface Bin {
  readonly projects: readonly BinnedProject[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
  readonly total: number;
  /** What bin and versions hold together, of `limitBytes`. */
  readonly binBytes: number;
  readonly versionBytes: number;
  readonly limitBytes: number;
}

type BinRow = ProjectRow & { deleted_at: Date };

/** A person's bin, what was deleted last first. A place that is none is the beginning. */
export async function listBin(userId: string, place: string | null): Promise<Bin> {
  const [, at, code] = /^(\d{1,13})\.([A-Z0-9_]{1,32})$/.exec(place ?? "") ?? [];
  const after = at === undefined ? null : new Date(Number(at));
  const [rows, [kept]] = await Promise.all([
    database.query<BinRow>(LIST_BIN, [userId, after, code ?? null, ROWS + 1]),
    database.query<{ bin_bytes: number; binned: number; version_bytes: number }>(KEPT_STATS, [userId]),
  ]);
  const page = rows.slice(0, ROWS);
  const last = rows.length > ROWS ? page.at(-1) : undefined;
  return {
    projects: page.map((row) => ({
      project: describeProject(row, null),
      deletedAt: row.deleted_at,
      daysLeft: Math.max(0, Math.ceil((row.deleted_at.getTime() + BIN_DAYS * DAY_MS - Date.now()) / DAY_MS)),
    })),
    next: last === undefined ? null : `${last.deleted_at.getTime()}.${last.code}`,
    total: kept?.binned ?? 0,
    binBytes: kept?.bin_bytes ?? 0,
    versionBytes: kept?.version_bytes ?? 0,
    limitBytes: KEPT_LIMIT_BYTES,
  };
}
