import "server-only";
import { database } from "@/lib/database/client";
import { coalesce } from "@/lib/database/coalesce";
import { PEOPLE_SINCE } from "./statements";

/**
 * When a person became known, or null where there is nobody. Whoever was erased and came back is known since then.
 * People who are asked for together are asked for in one statement.
 */
export const personSince: (userId: string) => Promise<Date | null> = coalesce(
  async (ids: string[]) => {
    const rows = await database.query<{ id: string; created_at: Date }>(PEOPLE_SINCE, [[...new Set(ids)]]);
    const byId = new Map(rows.map((row) => [row.id, row.created_at]));
    return ids.map((id) => byId.get(id) ?? null);
  },
  { name: "people", most: 500, lanes: 2 },
);
