import type { z } from "zod";
import type { ListActions } from "@/lib/contract/operator";
import { listActions } from "@/lib/database/operator-log";
import type { Said } from "./command";
import { table } from "./table";

/** What operators did, newest first. */
export async function logOf(kind: "credits" | "keys", wish: z.infer<typeof ListActions>): Promise<Said> {
  const actions = await listActions({ kind, ...wish });
  const rows = actions.map(({ created_at, who, command, subject, result, reason, details }) => ({
    time: created_at.toISOString(),
    who,
    command,
    subject,
    result,
    reason,
    details: JSON.stringify(details),
  }));
  return { text: rows.length === 0 ? "Nothing yet." : table(rows).join("\n"), json: { actions } };
}
