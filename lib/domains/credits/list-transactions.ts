import "server-only";
import type { listTransactions as operation } from "@/lib/contract/credits";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { prisma } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { AppError } from "@/lib/foundation/app-error";
import { toTimestamp } from "@/lib/foundation/clock";
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
  const where = filterOf(input);
  const before = input.cursor === undefined ? undefined : parseCursor(input.cursor);
  const [rows, totalCount, user] = await Promise.all([
    readRows(where, before, input.limit + 1),
    countRows(input, where),
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

/** The `most` newest rows that a filter lets through, or those before a row. */
async function readRows(
  where: Prisma.CreditTransactionWhereInput,
  before: bigint | undefined,
  most: number,
): Promise<Item[]> {
  const rows = await prisma().creditTransaction.findMany({
    where: before === undefined ? where : { AND: [where, { id: { lt: before } }] },
    orderBy: { id: "desc" },
    take: most,
  });
  return rows.map(describe);
}

/**
 * Everything that a filter lets through, newest first, `most` rows at a time and the next only when they are asked for.
 * What is written meanwhile is newer, and not among them.
 */
export async function* eachTransaction(
  filter: TransactionFilter,
  most: number,
): AsyncGenerator<Item[], void> {
  const where = filterOf(filter);
  for (let before: bigint | undefined; ;) {
    const items = await readRows(where, before, most);
    if (items.length > 0) yield items;
    const last = items.at(-1);
    if (last === undefined || items.length < most) return;
    before = BigInt(last.id);
  }
}

/** Without a filter, or by app alone, the ledger need not be gone through. */
async function countRows(
  { user_id: userId, app, type, from, to, project_code: code }: TransactionFilter,
  where: Prisma.CreditTransactionWhereInput,
): Promise<number> {
  if ((type ?? from ?? to ?? code) !== undefined) return prisma().creditTransaction.count({ where });
  const tallies = await tallyByApp(userId);
  return tallies.reduce(
    (sum, { app_name, rows }) => sum + (app === undefined || app === app_name ? rows : 0),
    0,
  );
}

function filterOf(input: TransactionFilter): Prisma.CreditTransactionWhereInput {
  return {
    user_id: input.user_id,
    app_name: input.app,
    transaction_type: input.type,
    project_code: input.project_code,
    created_at: { gte: input.from, lt: input.to },
  };
}

function parseCursor(cursor: string): bigint {
  const match = /^t(\d{1,18})$/.exec(Buffer.from(cursor, "base64url").toString("latin1"));
  if (match?.[1] === undefined) {
    throw new AppError("invalid_request", {
      message: "Invalid request: cursor is not one that was given out",
      details: { field: "cursor" },
    });
  }
  return BigInt(match[1]);
}

function describe(row: Prisma.CreditTransactionGetPayload<object>): Item {
  return {
    id: String(row.id),
    app_name: row.app_name,
    transaction_type: row.transaction_type as Item["transaction_type"], // the table's CHECK allows no other
    amount: Number(row.amount),
    balance_after: Number(row.balance_after),
    description: row.description,
    project_code: row.project_code,
    metadata: row.metadata as Item["metadata"], // written as an object only
    created_at: toTimestamp(row.created_at),
  };
}
