import "server-only";
import type { listTransactions as operation } from "@/lib/contract/credits";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { database } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import { toTimestamp } from "@/lib/foundation/clock";
import { COUNT_LEDGER, LIST_LEDGER } from "./ledger-statements";
import { noSuchUser } from "./refuse";
import { tallyByApp } from "./tally";
import { findUserInfo } from "./user-info";

type Input = InputOf<typeof operation>;
export type TransactionFilter = Omit<Input, "limit" | "cursor">;
type Output = OutputOf<typeof operation>;
type Item = Output["all_transactions"][number];

/**
 * A page of a person's ledger, newest first. Stable while rows are added: the cursor is the last row's place.
 * `total_count` counts the whole list under the filters.
 * @throws `user_not_found`, `invalid_request` for a cursor that is none.
 */
export async function listTransactions(input: Input): Promise<Output> {
  const before = input.cursor === undefined ? null : parseCursor(input.cursor);
  const [rows, totalCount, user] = await Promise.all([
    readRows(input, before, input.limit + 1),
    countRows(input),
    findUserInfo(input.user_id),
  ]);
  if (user === null) throw noSuchUser();
  const items = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? items.at(-1) : undefined;
  return {
    all_transactions: items,
    penora_transactions: items.filter((item) => item.app_name === "penora"),
    imagegene_transactions: items.filter((item) => item.app_name === "imagegene"),
    total_count: totalCount,
    next_cursor: last === undefined ? null : Buffer.from(`t${last.id}`).toString("base64url"),
  };
}

/**
 * Everything that a filter lets through, newest first, `most` rows at a time and the next only when they are asked for.
 * What is written meanwhile is newer, and not among them.
 */
export async function* eachTransaction(
  filter: TransactionFilter,
  most: number,
): AsyncGenerator<Item[], void> {
  for (let before: string | null = null; ;) {
    const items = await readRows(filter, before, most);
    if (items.length > 0) yield items;
    const last = items.at(-1);
    if (last === undefined || items.length < most) return;
    before = last.id;
  }
}

/** The `most` newest rows that a filter lets through, or those before a row. */
async function readRows(filter: TransactionFilter, before: string | null, most: number): Promise<Item[]> {
  type Row = Omit<Item, "created_at"> & { created_at: Date };
  const rows = await database.query<Row>(LIST_LEDGER, [...valuesOf(filter), before, most]);
  return rows.map((row) => ({ ...row, created_at: toTimestamp(row.created_at) }));
}

/** Without a filter, or by app alone, the ledger need not be gone through. */
async function countRows(filter: TransactionFilter): Promise<number> {
  const { user_id: userId, app, type, from, to, project_code: code } = filter;
  if ((type ?? from ?? to ?? code) !== undefined) {
    const [counted] = await database.query<{ rows: number }>(COUNT_LEDGER, valuesOf(filter));
    return counted?.rows ?? 0;
  }
  const tallies = await tallyByApp(userId);
  return tallies.reduce(
    (sum, { app_name, rows }) => sum + (app === undefined || app === app_name ? rows : 0),
    0,
  );
}

function valuesOf({ user_id, app, type, from, to, project_code }: TransactionFilter): unknown[] {
  return [user_id, app ?? null, type ?? null, from ?? null, to ?? null, project_code ?? null];
}

function parseCursor(cursor: string): string {
  const match = /^t(\d{1,18})$/.exec(Buffer.from(cursor, "base64url").toString("latin1"));
  if (match?.[1] === undefined) {
    throw new AppError("invalid_request", {
      message: "Invalid request: cursor is not one that was given out",
      details: { field: "cursor" },
    });
  }
  return match[1];
}
