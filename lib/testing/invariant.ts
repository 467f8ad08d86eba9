import { MAX_VERSIONS } from "@/lib/contract/versions";
import { KEPT_LIMIT_BYTES } from "@/lib/contract/workspace";
import { pool } from "@/lib/database/client";

/**
 * Every person whose ledger, balance, holds, usage or bytes do not agree (contract, section 3), or who keeps more in bin
 * and versions than section 4 allows. Empty, always.
 * Counted from the rows themselves, by other SQL than the product's. Of one person, where one is named.
 */
export async function broken(userId?: string): Promise<unknown[]> {
  const { rows } = await pool().query(
    `
    SELECT u.id, u.credits, u.held_credits, l.total, h.held, a.used, l.used AS ledger_used, p.bytes, u.storage_used_bytes,
      p.projects, u.project_count, l.last, k.bytes AS kept, v.most AS versions
    FROM users u
    LEFT JOIN LATERAL (
      SELECT COALESCE(sum(amount), 0) AS total,
        COALESCE(-sum(amount) FILTER (WHERE transaction_type IN ('used', 'refund')), 0) AS used,
        (SELECT balance_after FROM credit_transactions c WHERE c.user_id = u.id ORDER BY id DESC LIMIT 1) AS last
      FROM credit_transactions t WHERE t.user_id = u.id
    ) l ON true
    LEFT JOIN LATERAL (SELECT COALESCE(sum(amount), 0) AS held FROM holds WHERE user_id = u.id AND status = 'open') h ON true
    LEFT JOIN LATERAL (SELECT COALESCE(sum(credits_used), 0) AS used FROM app_usage WHERE user_id = u.id) a ON true
    LEFT JOIN LATERAL (
      SELECT COALESCE(sum(size_bytes), 0) AS bytes, count(*) AS projects FROM projects
      WHERE user_id = u.id AND deleted_at IS NULL
    ) p ON true
    LEFT JOIN LATERAL (
      SELECT COALESCE((SELECT sum(size_bytes) FROM projects b WHERE b.user_id = u.id AND b.deleted_at IS NOT NULL), 0)
        + COALESCE((SELECT sum(size_bytes) FROM project_versions b WHERE b.user_id = u.id), 0) AS bytes
    ) k ON true
    LEFT JOIN LATERAL (
      SELECT COALESCE(max(n), 0) AS most
      FROM (SELECT count(*) AS n FROM project_versions b WHERE b.user_id = u.id GROUP BY b.project_code) of_project
    ) v ON true
    WHERE ($1::text IS NULL OR u.id = $1) AND (u.credits + u.held_credits <> l.total OR u.held_credits <> h.held OR a.used <> l.used
      OR u.storage_used_bytes <> p.bytes OR u.project_count <> p.projects
      OR k.bytes > ${KEPT_LIMIT_BYTES} OR v.most > ${MAX_VERSIONS}
      OR (l.last IS NOT NULL AND l.last <> u.credits + u.held_credits))`,
    [userId ?? null],
  );
  return rows;
}
