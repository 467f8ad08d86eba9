import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { addCredits } from "@/lib/domains/credits/add-credits";
import { deductCredits } from "@/lib/domains/credits/deduct-credits";
import { captureHold, holdCredits, releaseHold, sweepExpiredHolds } from "@/lib/domains/credits/holds";
import { extendAppHold } from "@/lib/domains/credits/app-holds";
import { refundCredits } from "@/lib/domains/credits/refund-credits";
import { findUserInfo } from "@/lib/domains/credits/user-info";
import { deleteProject } from "@/lib/domains/workspace/delete-project";
import { restoreProject } from "@/lib/domains/workspace/restore-project";
import { saveProject } from "@/lib/domains/workspace/save-project";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { Recorded } from "@/lib/foundation/recorded";
import { newPerson, rootWithKey } from "@/lib/testing/builders";
import { broken } from "@/lib/testing/invariant";
import { SEED } from "@/lib/testing/seed";
import { debitByHand, grantByHand } from "./by-hand";

type Command =
  | { kind: "grant" | "deduct" | "hold" | "grant by hand" | "debit by hand"; amount: number; repeat: boolean }
  | { kind: "capture"; which: number; share: number; repeat: boolean }
  | { kind: "release" | "expire"; which: number; repeat: boolean }
  | { kind: "extend" | "restore"; which: number; repeat: boolean }
  | { kind: "refund"; which: number; amount: number; repeat: boolean }
  | { kind: "save"; bytes: number; repeat: boolean }
  | { kind: "delete"; which: number; repeat: boolean };

const amount = fc.integer({ min: 1, max: 40 });
const which = fc.nat({ max: 5 });
const repeat = fc.boolean();
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constantFrom("grant" as const, "deduct" as const, "hold" as const), amount, repeat }),
  fc.record({ kind: fc.constantFrom("deduct" as const, "hold" as const), amount, repeat }),
  fc.record({ kind: fc.constantFrom("grant by hand" as const, "debit by hand" as const), amount, repeat }),
  fc.record({
    kind: fc.constant("capture" as const),
    which,
    share: fc.integer({ min: 0, max: 120 }),
    repeat,
  }),
  fc.record({ kind: fc.constantFrom("release" as const, "expire" as const), which, repeat }),
  fc.record({ kind: fc.constantFrom("extend" as const, "restore" as const), which, repeat }),
  fc.record({ kind: fc.constant("refund" as const), which, amount, repeat }),
  fc.record({ kind: fc.constant("save" as const), bytes: fc.integer({ min: 1, max: 400_000 }), repeat }),
  fc.record({ kind: fc.constant("delete" as const), which, repeat }),
);

interface World {
  user: string;
  holds: { id: string; amount: number; open: boolean }[];
  projects: string[];
  bin: { code: string; bytes: number }[];
  /** What was spent, and how much of it can still be refunded. */
  sales: { id: string; left: number }[];
  /** What the model says can be spent. */
  credits: number;
  bytes: number;
}

/** What was answered, and was not the answer of a request before. */
let answers: Record<string, unknown>[] = [];

/** What an answer says that it did to the credits that can be spent. */
function moved(told: Record<string, unknown>): number {
  const credits = (name: string) => told[name] as number; // these fields are numbers wherever they are
  if ("credits_released" in told) return credits("credits_released");
  if ("credits_refunded" in told) return credits("credits_refunded");
  if ("credits_added" in told) return credits("credits_added");
  if ("credits_deducted" in told) return -credits("credits_deducted");
  return "hold_id" in told && "amount" in told ? -credits("amount") : 0;
}

/** Runs one command; a refusal is an answer. Any other error fails the test. */
async function attempt<T>(work: (caller: Caller) => Promise<T>, repeat: boolean): Promise<T | string> {
  const caller = rootWithKey(randomUUID());
  const once = async () => {
    try {
      return await work(caller);
    } catch (error) {
      if (error instanceof AppError && error.code !== "internal" && error.code !== "unavailable")
        return error.code;
      throw error;
    }
  };
  const first = await once();
  if (first instanceof Recorded && !first.replayed) answers.push(first.result as Record<string, unknown>);
  if (repeat) {
    const again = await once();
    // The same key again: the same answer, and the model below counts it once.
    if (typeof first !== "string")
      expect(again).toMatchObject({ result: (first as { result: unknown }).result });
    else expect(again).toBe(first);
  }
  return first;
}

async function run(world: World, c: Command): Promise<void> {
  const { user } = world;
  switch (c.kind) {
    case "grant": {
      const base = { user_id: user, transaction_type: "bonus" as const, direction: "credit" as const };
      await attempt(
        (caller) => addCredits({ ...base, amount: c.amount, description: "", app_name: "hub", caller }),
        c.repeat,
      );
      world.credits += c.amount;
      return;
    }
    case "grant by hand":
    case "debit by hand": {
      const wish = { user_id: user, amount: c.amount, reason: "a reason", type: "adjustment" as const };
      const move = c.kind === "grant by hand" ? grantByHand : debitByHand;
      const reference = randomUUID();
      const told = await attempt(() => move({ ...wish, reference }), c.repeat);
      const takes = c.kind === "debit by hand";
      expect(told === "insufficient_credits").toBe(takes && world.credits < c.amount);
      if (typeof told !== "string") world.credits += takes ? -c.amount : c.amount;
      return;
    }
    case "deduct": {
      const base = { user_id: user, app_name: "imagegene", description: "", action: "draw" };
      const told = await attempt((caller) => deductCredits({ ...base, amount: c.amount, caller }), c.repeat);
      expect(told === "insufficient_credits").toBe(world.credits < c.amount);
      if (typeof told === "string") return;
      world.credits -= c.amount;
      world.sales.push({ id: told.result.transaction_id, left: c.amount });
      return;
    }
    case "hold": {
      const told = await attempt(
        (caller) => holdCredits({ user_id: user, amount: c.amount, app_name: "imagegene", caller }),
        c.repeat,
      );
      expect(told === "insufficient_credits").toBe(world.credits < c.amount);
      if (typeof told === "string") return;
      world.credits -= c.amount;
      world.holds.push({ id: told.result.hold_id, amount: c.amount, open: true });
      return;
    }
    case "capture":
    case "release":
    case "expire": {
      const hold = world.holds[c.which % Math.max(1, world.holds.length)];
      if (hold !== undefined) await end(world, hold, c);
      return;
    }
    case "extend": {
      const hold = world.holds[c.which % Math.max(1, world.holds.length)];
      if (hold === undefined) return;
      const told = await attempt(
        (caller) => extendAppHold({ id: hold.id, expires_in: 1_000, caller }),
        c.repeat,
      );
      expect(typeof told === "string").toBe(!hold.open);
      return;
    }
    case "refund": {
      const sale = world.sales[c.which % Math.max(1, world.sales.length)];
      if (sale === undefined) return;
      const base = { user_id: user, transaction_id: sale.id, description: "" };
      const told = await attempt((caller) => refundCredits({ ...base, amount: c.amount, caller }), c.repeat);
      expect(told === "refund_exceeds_original").toBe(c.amount > sale.left);
      if (typeof told === "string") return;
      sale.left -= c.amount;
      world.credits += c.amount;
      return;
    }
    case "restore": {
      const gone = world.bin[c.which % Math.max(1, world.bin.length)];
      if (gone === undefined) return;
      const told = await attempt(
        (caller) => restoreProject({ user_id: user, code: gone.code, caller }),
        c.repeat,
      );
      expect(told === "storage_limit_exceeded").toBe(world.bytes + gone.bytes > 1_048_576);
      if (typeof told === "string") return;
      world.bytes += gone.bytes;
      world.bin = world.bin.filter((one) => one !== gone);
      world.projects.push(gone.code);
      return;
    }
    case "save": {
      const base = { user_id: user, app_source: "imagegene", project_type: "text", title: "T" };
      const content = "x".repeat(c.bytes);
      const told = await attempt((caller) => saveProject({ ...base, content, caller }), c.repeat);
      expect(told === "storage_limit_exceeded").toBe(world.bytes + c.bytes > 1_048_576);
      if (typeof told === "string") return;
      world.bytes += c.bytes;
      world.projects.push(told.result.project_code);
      return;
    }
    case "delete": {
      const code = world.projects[c.which % Math.max(1, world.projects.length)];
      if (code === undefined) return;
      const { rows } = await pool().query<{ size_bytes: number }>(
        "SELECT size_bytes FROM projects WHERE code = $1",
        [code],
      );
      const told = await attempt((caller) => deleteProject({ user_id: user, code, caller }), c.repeat);
      expect(typeof told).not.toBe("string");
      world.bytes -= rows[0]?.size_bytes ?? 0;
      world.bin.push({ code, bytes: rows[0]?.size_bytes ?? 0 });
      world.projects = world.projects.filter((one) => one !== code);
    }
  }
}

async function end(
  world: World,
  hold: World["holds"][number],
  c: Extract<Command, { kind: "capture" | "release" | "expire" }>,
): Promise<void> {
  if (c.kind === "expire") {
    await pool().query("UPDATE holds SET expires_at = now() WHERE id = $1 AND status = 'open'", [hold.id]);
    await sweepExpiredHolds();
    if (hold.open) world.credits += hold.amount;
    hold.open = false;
    return;
  }
  const base = { holdId: hold.id, app: "imagegene" };
  const charge = c.kind === "capture" ? Math.round((hold.amount * c.share) / 100) : 0;
  const told = await attempt(
    (caller) =>
      c.kind === "capture"
        ? captureHold({ ...base, amount: charge, idempotency: caller.idempotency })
        : releaseHold({ ...base, idempotency: caller.idempotency }),
    c.repeat,
  );
  if (hold.open && charge > hold.amount) return expect(told).toBe("capture_exceeds_hold");
  if (!hold.open || typeof told === "string") return;
  world.credits += hold.amount - charge;
  hold.open = false;
}

describe("the ledger's invariant", () => {
  it("holds after any sequence of commands with repeats, and the balance is the model's", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 14 }), async (commands) => {
        const world: World = {
          user: await newPerson(60),
          holds: [],
          projects: [],
          bin: [],
          sales: [],
          credits: 60,
          bytes: 0,
        };
        for (const one of commands) await run(world, one);
        const info = await findUserInfo(world.user);
        expect(info).toMatchObject({ credits: world.credits, storage: { used_bytes: world.bytes } });
        expect(await broken(world.user)).toEqual([]);
      }),
      { numRuns: 500, seed: SEED },
    );
    expect(await broken()).toEqual([]);
  }, 300_000);

  it("holds when the commands of a sequence run all at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 2, maxLength: 14 }), async (commands) => {
        const world: World = {
          user: await newPerson(60),
          holds: [],
          projects: [],
          bin: [],
          sales: [],
          credits: 60,
          bytes: 0,
        };
        for (const kind of ["hold", "hold", "deduct", "save"] as const) {
          await run(
            world,
            kind === "save" ? { kind, bytes: 9_000, repeat: false } : { kind, amount: 10, repeat: false },
          );
        }
        // The model can't know the order. It can know that nothing but a known refusal comes out, that all adds up, and
        // that the balance is what the answers say: not a coin moves that nobody was told of, but those of expired holds.
        answers = [];
        await Promise.all(commands.map((one) => runBlind(world, one)));
        // Asked for first: a hold past its time that a sweep passed over is taken back by it.
        const credits = (await findUserInfo(world.user))?.credits;
        const { rows } = await pool().query<{ n: number }>(
          "SELECT COALESCE(sum(amount), 0)::int AS n FROM holds WHERE user_id = $1 AND status = 'expired'",
          [world.user],
        );
        const said = answers.reduce((sum, one) => sum + moved(one), world.credits + (rows[0]?.n ?? 0));
        expect(credits).toBe(said);
        expect(await broken(world.user)).toEqual([]);
      }),
      { numRuns: 500, seed: SEED },
    );
    expect(await broken()).toEqual([]);
  }, 300_000);
});

/** As `run`, expecting nothing of the answer. */
async function runBlind(world: World, c: Command): Promise<void> {
  const blind: World = {
    ...world,
    holds: world.holds.map((hold) => ({ ...hold })),
    projects: [...world.projects],
    bin: [...world.bin],
    sales: world.sales.map((sale) => ({ ...sale })),
  };
  await run(blind, { ...c, repeat: false }).catch((error: unknown) => {
    if ((error as Error).name !== "AssertionError") throw error;
  });
}
