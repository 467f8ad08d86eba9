import "server-only";
import type { listMyShares, revokeMyShare, Share, shareMyProject } from "@/lib/contract/exports";
import type { OutputOf } from "@/lib/contract/operation";
import { database } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import { inTransaction } from "@/lib/database/transaction";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import { env } from "@/lib/foundation/env";
import { randomSecret } from "@/lib/foundation/ids";
import type { Recorded } from "@/lib/foundation/recorded";
import { CREATE_SHARE, LIST_SHARES, LOCK_PROJECT, REVOKE_SHARE } from "./statements";

/** 192 bits: nobody finds a link by trying. */
const TOKEN_BYTES = 24;

interface ShareRow {
  readonly id: string;
  readonly token: string;
  readonly expires_at: Date | null;
  readonly created_at: Date;
}

interface Asked {
  readonly user_id: string;
  readonly code: string;
}

/** A new link to a project of this person. @throws `project_not_found`, `too_many_shares`. */
export async function shareProject(
  asked: Asked & { expires_in_days?: number | undefined },
): Promise<OutputOf<typeof shareMyProject>> {
  const { user_id: userId, code, expires_in_days: days } = asked;
  return inTransaction(async (transaction) => {
    const [project] = await transaction.query(LOCK_PROJECT, [userId, code]);
    if (project === undefined) throw new AppError("project_not_found");
    const values = [userId, code, randomSecret(TOKEN_BYTES), days ?? null];
    const [row] = await transaction.query<ShareRow>(CREATE_SHARE, values);
    if (row === undefined) throw new AppError("too_many_shares");
    return { share: describe(row) };
  });
}

/** The links to a project of this person that work now, the newest first. @throws `project_not_found`. */
export async function listShares({ user_id: userId, code }: Asked): Promise<OutputOf<typeof listMyShares>> {
  const rows = await database.query<ShareRow | { id: null }>(LIST_SHARES, [userId, code]);
  if (rows.length === 0) throw new AppError("project_not_found");
  return { shares: rows.flatMap((row) => (row.id === null ? [] : [describe(row)])) };
}

/** Ends a link at once, in every process. @throws `not_found` where it is none of theirs or has ended. */
export async function revokeShare(
  asked: Asked & { id: string; caller: Caller },
): Promise<Recorded<OutputOf<typeof revokeMyShare>>> {
  const { user_id: userId, code, id, caller } = asked;
  const revoked = await runRecorded<{ revoked: true }>(REVOKE_SHARE, caller.idempotency, [userId, code, id]);
  if (revoked === null) throw new AppError("not_found");
  return revoked;
}

function describe({ id, token, expires_at: expiresAt, created_at: createdAt }: ShareRow): Share {
  return {
    id,
    url: `${env().appUrl}/share/${token}`,
    expires_at: expiresAt === null ? null : toTimestamp(expiresAt),
    created_at: toTimestamp(createdAt),
  };
}
