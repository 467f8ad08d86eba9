import "server-only";
import { database } from "@/lib/database/client";
import { toTimestamp } from "@/lib/foundation/clock";
import type { SettlementRow, Subject } from "./generation-row";
import { describeGeneration } from "./kinds";
import { SETTLEMENT_LINES } from "./find-statements";

/** What one text, chapter, plan or answer was settled at, in whole coins. `quoted` = `charged` + `released`. */
export interface SettlementLine {
  /** Unique among the lines of a person. */
  readonly id: string;
  readonly what: string;
  readonly quoted: number;
  readonly charged: number;
  readonly released: number;
  readonly why: string;
  readonly created_at: string;
}

type LineRow = SettlementRow &
  Subject & {
    readonly generation_id: string;
    readonly nth: number;
    readonly pages: number;
    /** Of the piece that was settled by itself. */
    readonly title: string | null;
    readonly created_at: Date;
  };

/** A person's settlements, the newest first: also those that cost nothing, of which the ledger has no row. */
export async function listSettlements(userId: string, limit: number): Promise<SettlementLine[]> {
  const rows = await database.query<LineRow>(SETTLEMENT_LINES, [userId, limit]);
  return rows.map(({ generation_id, round, nth, title, quoted, charged, released, why, ...row }) => ({
    id: `${generation_id} ${round} ${nth}`,
    what: describeGeneration(row, nth === 0 ? undefined : { nth, title: title ?? "" }),
    quoted,
    charged,
    released,
    why,
    created_at: toTimestamp(row.created_at),
  }));
}
