import { setTimeout as pause } from "node:timers/promises";
import { CircuitBreaker } from "@/lib/ai/circuit-breaker";
import { OpenAiCompatibleWriter } from "@/lib/ai/openai-compatible";
import type { Limits } from "@/lib/ai/patience";
import type { GenerationSummary } from "@/lib/contract/studio";
import { pool } from "@/lib/database/client";
import { findGeneration } from "@/lib/domains/studio/read-generation";
import { configureStudio, type StudioSettings } from "@/lib/domains/studio/studio-settings";
import type { Caller } from "@/lib/foundation/caller";
import { ROOT_CALLER } from "./builders";
import type { FakeModelServer } from "./fake-model-server";

/** A signed-in person, as the hallway makes them; with a key, the same `hash` is the same request. */
export function sessionOf(userId: string, key?: string, hash = "same"): Caller {
  return {
    ...ROOT_CALLER,
    kind: "session",
    app: "penora",
    admin: false,
    scopes: [],
    userId,
    sessionId: "00000000-0000-4000-8000-000000000000",
    idempotency: key === undefined ? null : { scope: `user:${userId}`, key, requestHash: hash },
  };
}

/** Writes with this model server; nothing is tried a second time after a pause. `limits`: how long a silence is borne. */
export function writeWith(
  server: FakeModelServer,
  settings: Partial<StudioSettings> = {},
  limits?: Partial<Limits>,
) {
  const patience = { firstChunkMs: 20_000, betweenChunksMs: 20_000, wholeMs: 60_000, ...limits };
  const breaker = new CircuitBreaker(1_000_000);
  const models = { creative: "fake-normal", balanced: "fake-normal", fast: "fake-normal" };
  configureStudio({
    flushMs: 10,
    tickMs: 50,
    writer: () =>
      new OpenAiCompatibleWriter({
        baseUrl: server.url,
        models,
        limits: patience,
        breaker,
        wait: () => Promise.resolve(),
      }),
    ...settings,
  });
}

/** Waits for a state; the test's own time-out is the end of its patience. */
export async function until<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await pause(10);
  }
}

/** The generation as soon as its round has ended. */
export function untilEnded(userId: string, id: string): Promise<GenerationSummary> {
  return until(async () => {
    const found = await findGeneration(userId, id);
    return found !== null && found.generation.status !== "writing" && found.generation;
  });
}

export async function textOfGeneration(userId: string, id: string): Promise<string> {
  return ((await findGeneration(userId, id))?.pieces ?? []).map(({ text }) => text).join("");
}

export interface Purse {
  credits: number;
  held: number;
  used: number;
  captures: number;
}

export async function purseOf(userId: string): Promise<Purse> {
  const { rows } = await pool().query<Purse>(
    `SELECT credits, held_credits AS held, COALESCE(-sum(amount) FILTER (WHERE transaction_type = 'used'), 0)::int AS used,
       count(*) FILTER (WHERE transaction_type = 'used')::int AS captures
     FROM users u LEFT JOIN credit_transactions t ON t.user_id = u.id WHERE u.id = $1 GROUP BY u.id`,
    [userId],
  );
  return rows[0] as Purse; // the person is there
}

export async function settlementsOf(id: string) {
  const { rows } = await pool().query(
    "SELECT round, quoted, charged, released, words, why FROM generation_settlements WHERE generation_id = $1 ORDER BY round",
    [id],
  );
  return rows as {
    round: number;
    quoted: number;
    charged: number;
    released: number;
    words: number;
    why: string;
  }[];
}
