import "server-only";
import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/foundation/env";
import { logger } from "@/lib/foundation/logger";
import { CHANGE_CHANNEL, ChangeNews } from "./change-news";
import { watch } from "@/lib/foundation/metrics";
import { toDatabaseError } from "./database-error";
import { PrismaClient } from "./generated/client";

const CONNECT_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** How long a request whose idempotency key is in use waits for the first (contract, section 2). */
const LOCK_TIMEOUT_MS = 5_000;
const POOL_SIZE = 12;

/** Counters are bigint in the database; what does not fit a number exactly is an error, never a rounded sum. */
function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError("a counter is past 2^53");
  return value;
}

const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === 20 && format !== "binary") return parseBigint;
    return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};

interface Cellar {
  pool: pg.Pool;
  prisma: PrismaClient;
  /** A transaction pooler in between keeps no prepared statements and takes no start-up options. */
  pooled: boolean;
  news: ChangeNews;
}

// The pages and the doors are bundled apart but live in one process: they share one pool.
const CELLAR = Symbol.for("penora.database");
const globals = globalThis as unknown as Record<symbol, Cellar | undefined>;

const NOTIFY = "SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload";

function cellar(): Cellar {
  return (globals[CELLAR] ??= openCellar());
}

function openCellar(): Cellar {
  const { databaseUrl, directDatabaseUrl } = env();
  const pooled = databaseUrl !== directDatabaseUrl;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 2_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    types,
    ...(pooled
      ? {}
      : {
          statement_timeout: STATEMENT_TIMEOUT_MS,
          lock_timeout: LOCK_TIMEOUT_MS,
          idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
          // Left to itself PostgreSQL plans anew for every short list of ids: dearer than carrying the statement out.
          options: "-c plan_cache_mode=force_generic_plan",
        }),
  });
  // Without a listener a server that goes away while a connection rests would end the process.
  pool.on("error", (error) => logger().warn({ err: error }, "a resting database connection was lost"));
  // Nor is there one between the moment when a connection is handed out and the first use of it: PostgreSQL may say
  // "ready" and "good-bye" in one breath. Whoever uses it then is told by the failing statement.
  pool.on("connect", (client) => client.on("error", () => {}));
  watchPool(pool);
  // After the COMMIT, never within: a NOTIFY in the statement that moves money costs three quarters of the throughput.
  const news = new ChangeNews((payloads) => pool.query(NOTIFY, [CHANGE_CHANNEL, payloads]));
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }), pooled, news };
}

function watchPool(pool: pg.Pool): void {
  const help =
    "Connections to the database (busy, idle), and requests that wait for one; at most 12 connections.";
  watch("penora_database_connections", help, "state", () => ({
    busy: pool.totalCount - pool.idleCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  }));
}

/** The Prisma client: for reads and simple writes. */
export function prisma(): PrismaClient {
  return cellar().prisma;
}

/** The shared pool; for `transaction.ts` and for closing at the end of a process. */
export function pool(): pg.Pool {
  return cellar().pool;
}

/** Who is changed by the statements of this process. */
export function changeNews(): ChangeNews {
  return cellar().news;
}

/** Closes every connection, once the others were told what this process changed. The next statement opens anew. */
export async function closeDatabase(): Promise<void> {
  const open = globals[CELLAR];
  globals[CELLAR] = undefined;
  await open?.news.flush();
  await open?.prisma.$disconnect();
  await open?.pool.end();
}

/** A piece of SQL with a name, so that PostgreSQL plans it once for each connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** It changes what somebody's open pages show, or whether they may: whose, says the column `changed` of its rows. */
  readonly changesPeople: boolean;
}

/** Every change of `user_version` and every end of a session writes one of these. */
const WRITES_PEOPLE = /\b(?:UPDATE|INSERT\s+INTO|DELETE\s+FROM)\s+(?:users|sessions)\b|\berase_person\s*\(/i;

/** True for SQL that changes people, and so must answer whom. */
export function writesPeople(sql: string): boolean {
  return WRITES_PEOPLE.test(sql);
}

/**
 * Names a statement by its text. Values go in as `$1`, `$2`, …, never into the text. What writes `users` or `sessions`
 * answers with a column `changed` whose rows it wrote, an id or an array of ids, null for nobody: their open pages and
 * the apps that follow them are told.
 * @throws where it does not, so that nobody can forget.
 */
export function statement(text: string): Statement {
  const changesPeople = writesPeople(text);
  if (changesPeople && !/\bAS changed\b/.test(text)) {
    throw new Error(`A statement that writes people must say whom, AS changed: ${text.trim().slice(0, 200)}`);
  }
  return { name: `p_${createHash("sha1").update(text).digest("hex").slice(0, 20)}`, text, changesPeople };
}

/** Whom a statement changed, by what it answered. */
export function changedBy({ changesPeople }: Statement, rows: readonly unknown[]): string[] {
  if (!changesPeople) return [];
  return rows.flatMap((row) => (row as { changed: string | string[] | null }).changed ?? []);
}

/** Whatever can run a statement: the pool, or the transaction that a command opened. */
export interface Connection {
  query<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
  /** Runs `work` when what was written here is written for good: at once outside a transaction, never where it is undone. */
  afterCommit(work: () => void): void;
}

export async function runStatement<Row>(
  target: pg.Pool | pg.ClientBase,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  try {
    const config = cellar().pooled ? { text } : { name, text };
    const answer = await target.query({ ...config, values: values as unknown[] });
    return answer.rows as Row[];
  } catch (error) {
    throw toDatabaseError(error);
  }
}

/** One statement, one round trip, one transaction of its own. */
export const database: Connection = {
  async query<Row>(statement: Statement, values: readonly unknown[]) {
    const rows = await runStatement<Row>(pool(), statement, values);
    if (statement.changesPeople) changeNews().tell(changedBy(statement, rows));
    return rows;
  },
  afterCommit: (work) => work(),
};
