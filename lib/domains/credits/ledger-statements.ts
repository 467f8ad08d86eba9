import "server-only";
import { statement } from "@/lib/database/client";

/** $1 user · $2 app · $3 type · $4 from · $5 to, not included · $6 project_code; null: any */
const FILTERED = `
  FROM credit_transactions t
  WHERE user_id = $1 AND ($2::text IS NULL OR app_name = $2) AND ($3::text IS NULL OR transaction_type = $3)
    AND ($4::timestamptz IS NULL OR created_at >= $4) AND ($5::timestamptz IS NULL OR created_at < $5)
    AND ($6::text IS NULL OR project_code = $6)`;

/** The newest rows of a person's ledger under a filter. $7 only those before this row (null: all) · $8 rows */
export const LIST_LEDGER = statement(`
  SELECT t.id::text, app_name, transaction_type, amount, balance_after, description, project_code, metadata, created_at
  ${FILTERED} AND t.id < COALESCE($7::bigint, 9223372036854775807)
  ORDER BY t.id DESC LIMIT $8::int`);

/** How many rows a filter lets through. */
export const COUNT_LEDGER = statement(`SELECT count(*) AS rows ${FILTERED}`);
