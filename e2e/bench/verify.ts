import type pg from "pg";

/** How many deductions the ledger holds, each with its row of usage. @throws where the two differ. */
export async function deductions(database: pg.Pool): Promise<number> {
  const { rows } = await database.query<{ ledger: string; usage: string }>(`
    SELECT (SELECT count(*) FROM credit_transactions WHERE transaction_type = 'used') AS ledger,
      (SELECT count(*) FROM app_usage) AS usage`);
  const { ledger = "0", usage = "" } = rows[0] ?? {};
  if (ledger !== usage) throw new Error(`${ledger} deductions in the ledger, but ${usage} in the usage`);
  return Number(ledger);
}

/** @throws where somebody's ledger does not add up to the balance, or their projects to the bytes used. */
export async function requireAgreement(database: pg.Pool): Promise<void> {
  const { rows } = await database.query<{ id: string }>(`
    SELECT u.id FROM users u
    LEFT JOIN (SELECT user_id, sum(amount) AS total FROM credit_transactions GROUP BY user_id) l ON l.user_id = u.id
    LEFT JOIN (
      SELECT user_id, sum(size_bytes) AS bytes FROM projects WHERE deleted_at IS NULL GROUP BY user_id
    ) p ON p.user_id = u.id
    WHERE u.credits + u.held_credits <> COALESCE(l.total, 0) OR u.storage_used_bytes <> COALESCE(p.bytes, 0)
    LIMIT 5`);
  if (rows.length > 0) throw new Error(`ledger and balance differ: ${rows.map((row) => row.id).join(", ")}`);
}
