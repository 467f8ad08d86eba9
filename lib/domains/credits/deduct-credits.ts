import "server-only";
import type { deductCredits as operation } from "@/lib/contract/credits";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { database } from "@/lib/database/client";
import { coalesce } from "@/lib/database/coalesce";
import { isDeadlock, isKeyConflict } from "@/lib/database/database-error";
import { findRecorded, forgetIfOld, idempotencyError, toRecorded } from "@/lib/database/recorded-statement";
import type { Caller } from "@/lib/foundation/caller";
import { metrics } from "@/lib/foundation/metrics";
import type { Recorded } from "@/lib/foundation/recorded";
import { noSuchUser, refuseForCredits } from "./refuse";
import { RECLAIM } from "./hold-statements";
import { DEDUCT } from "./statements";

type Input = InputOf<typeof operation> & { caller: Caller };
type Result = OutputOf<typeof operation>;

/** What the statement said of one request. */
interface Verdict {
  outcome: "known" | "done" | "refused" | "nobody";
  request_hash: string | null;
  result: Result;
  created_at: Date;
  /** What the person has in holds; of a refusal only. */
  held: number | null;
  /** False where only the requests before it in the same statement stood in the way. */
  certain: boolean;
}

/**
 * Spends credits if there are enough: exactly once for an idempotency key, never below zero. Where many requests
 * arrive together one statement serves them all, in order, each with its own answer.
 *
 * @throws `user_not_found`, `insufficient_credits`, `idempotency_key_reused`, `idempotency_in_progress`.
 */
export async function deductCredits(input: Input): Promise<Recorded<Result>> {
  const { idempotency } = input.caller;
  let verdict = await judge(input);
  if (verdict.outcome === "refused") {
    // What only waits in a hold past its time stands in nobody's way.
    const freed = verdict.held !== 0 && (await database.query(RECLAIM, [input.user_id])).length > 0;
    if (freed || !verdict.certain) verdict = await judgeAlone(input);
  }
  while (verdict.outcome === "known" && (await forgetIfOld(verdict, idempotency)))
    verdict = await judgeAlone(input);
  switch (verdict.outcome) {
    case "known":
    case "done":
      return toRecorded({ ...verdict, replayed: verdict.outcome === "known" }, idempotency);
    case "nobody":
      throw noSuchUser();
    case "refused": {
      // The last credit may have gone to the first request with this very key while this one waited.
      const first = idempotency && (await findRecorded<Result>(idempotency));
      if (first !== null) return first;
      throw await refuseForCredits(input.user_id, input.amount);
    }
  }
}

const judgeTogether = coalesce<Input, Verdict | null>(
  async (inputs) => {
    try {
      return await runDeduct(inputs);
    } catch (error) {
      // One of them met another request with its key, or its lock: each is asked again alone.
      if (inputs.length > 1 && mayBeOneAlone(error)) return inputs.map(() => null);
      throw error;
    }
  },
  { name: "deduct", most: 64, lanes: 3 },
);

async function judge(input: Input): Promise<Verdict> {
  try {
    return (await judgeTogether(input)) ?? (await judgeAlone(input));
  } catch (error) {
    if (isKeyConflict(error) || isDeadlock(error)) return judgeAlone(input);
    throw idempotencyError(error, input.caller.idempotency);
  }
}

async function judgeAlone(input: Input): Promise<Verdict> {
  for (let attempt = 1; ; attempt++) {
    try {
      const [verdict] = await runDeduct([input]);
      if (verdict === undefined) throw new Error("the deducting statement gave no verdict");
      return verdict;
    } catch (error) {
      if (attempt < 4 && (isKeyConflict(error) || isDeadlock(error))) continue;
      throw idempotencyError(error, input.caller.idempotency);
    }
  }
}

function mayBeOneAlone(error: unknown): boolean {
  return isKeyConflict(error) || isDeadlock(error) || idempotencyError(error, null) !== error;
}

async function runDeduct(inputs: Input[]): Promise<Verdict[]> {
  const column = <T>(pick: (input: Input) => T): T[] => inputs.map(pick);
  const rows = await database.query<Verdict & { nth: number }>(DEDUCT, [
    inputs.map((_input, nth) => nth),
    column((i) => i.user_id),
    column((i) => i.amount),
    column((i) => i.app_name),
    column((i) => i.description),
    column((i) => i.project_code ?? null),
    column((i) => i.action),
    column((i) => (i.metadata ? JSON.stringify(i.metadata) : null)),
    column((i) => i.caller.keyId),
    column((i) => i.caller.idempotency?.scope ?? null),
    column((i) => i.caller.idempotency?.key ?? null),
    column((i) => i.caller.idempotency?.requestHash ?? null),
  ]);
  const moved = rows.reduce(
    (sum, row) => sum + (row.outcome === "done" ? row.result.credits_deducted : 0),
    0,
  );
  if (moved > 0) metrics().creditsMoved.inc({ type: "used", direction: "out" }, moved);
  return rows.sort((a, b) => a.nth - b.nth);
}
