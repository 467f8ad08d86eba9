import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { announceTaker, type TakeShare } from "@/lib/domains/api-keys/take-share";
import type { AppError } from "@/lib/foundation/app-error";
import { SEED } from "@/lib/testing/seed";
import { KeyLimiter } from "./key-limiter";

const SLOW = { requests_per_second: 1, burst: 100 };

/** How many of `times` requests are admitted, all at once. */
async function admitted(limiter: KeyLimiter, key: string, times: number, limit = SLOW): Promise<number> {
  const told = await Promise.allSettled(Array.from({ length: times }, () => limiter.take(key, limit)));
  return told.filter(({ status }) => status === "fulfilled").length;
}

/** As if so much time had gone by for this key. */
async function pass(key: string, seconds: number): Promise<void> {
  await pool().query(
    "UPDATE key_budgets SET filled_at = filled_at - make_interval(secs => $2) WHERE api_key_id = $1",
    [key, seconds],
  );
}

/** Counts how often the database was asked. */
function counting(): { asked: number; take: TakeShare } {
  const take = announceTaker();
  const counted = { asked: 0, take: (ask: Parameters<TakeShare>[0]) => (counted.asked++, take(ask)) };
  return counted;
}

describe("a key's budget", () => {
  it("is a whole burst for one process, and the database is asked a few times for all of it", async () => {
    const taker = counting();
    const limiter = new KeyLimiter(taker.take);
    const limit = { requests_per_second: 1_000, burst: 5_000 };
    const key = randomUUID();
    expect(await admitted(limiter, key, 5_000, limit)).toBe(5_000);
    expect(taker.asked).toBeLessThanOrEqual(5);
    for (let i = 0; i < 10; i++) await admitted(limiter, key, 5_000, limit);
    // Refusals come out of memory.
    expect(taker.asked).toBeLessThanOrEqual(7);
  });

  it("spends nothing for a refusal, says when there is room, and has room then", async () => {
    const limiter = new KeyLimiter();
    const key = randomUUID();
    await admitted(limiter, key, 150);
    const refusal = await limiter.take(key, SLOW).then(
      () => null,
      (error: unknown) => error as AppError,
    );
    expect(refusal).toMatchObject({ code: "rate_limited", status: 429, retryAfterSeconds: 1 });
    await pass(key, 20);
    await limiter.turn();
    expect(await admitted(limiter, key, 50)).toBeGreaterThanOrEqual(20);
  });

  it("is one for all processes together, however they share it", async () => {
    const limiters = Array.from({ length: 3 }, () => new KeyLimiter());
    const key = randomUUID();
    const began = performance.now();
    const told = await Promise.all(limiters.map((limiter) => admitted(limiter, key, 100)));
    const sum = told.reduce((a, b) => a + b);
    expect(sum).toBeGreaterThanOrEqual(100);
    expect(sum).toBeLessThanOrEqual(100 + Math.ceil((performance.now() - began) / 1_000));
  });

  it("goes to those who want it: who takes little leaves the rest, who takes much leaves some", async () => {
    const limit = { requests_per_second: 100, burst: 500 };
    const [busy, calm] = [new KeyLimiter(), new KeyLimiter()];
    const key = randomUUID();
    await admitted(busy, key, 1_000, limit);
    await admitted(calm, key, 5, limit);
    const told = { busy: 0, calm: 0 };
    for (let second = 0; second < 10; second++) {
      await pass(key, 1);
      await busy.turn();
      await calm.turn();
      told.busy += await admitted(busy, key, 1_000, limit);
      told.calm += await admitted(calm, key, 5, limit);
    }
    expect(told.busy + told.calm).toBeGreaterThanOrEqual(900);
    expect(told.busy).toBeGreaterThan(700);
    // It asks for 5 of the 1,005: what it gets is at least its part.
    expect(told.calm).toBeGreaterThanOrEqual(5);
  });

  it("comes back from a process that rests, and from one that is gone", async () => {
    const [resting, other] = [new KeyLimiter(), new KeyLimiter()];
    const key = randomUUID();
    const limit = { requests_per_second: 50, burst: 100 };
    await admitted(resting, key, 1, limit);
    await resting.turn();
    await resting.turn();
    const { rows } = await pool().query("SELECT holders FROM key_budgets WHERE api_key_id = $1", [key]);
    expect(rows).toEqual([{ holders: {} }]);
    expect(await admitted(other, key, 100, limit)).toBeGreaterThanOrEqual(99);

    const gone = randomUUID();
    await admitted(new KeyLimiter(), gone, 1, limit);
    await pool().query(
      "UPDATE key_budgets SET holders = (SELECT jsonb_object_agg(key, jsonb_set(value, '{2}', '0')) FROM jsonb_each(holders)) WHERE api_key_id = $1",
      [gone],
    );
    await pass(gone, 60);
    expect(await admitted(new KeyLimiter(), gone, 100, limit)).toBe(100);
  });

  it("follows a change of the limit", async () => {
    const limiter = new KeyLimiter();
    const key = randomUUID();
    expect(await admitted(limiter, key, 200)).toBeLessThanOrEqual(101);
    await pass(key, 60);
    await limiter.turn();
    expect(await admitted(limiter, key, 50, { requests_per_second: 1, burst: 10 })).toBeLessThanOrEqual(50);
    await pass(key, 60);
    await limiter.turn();
    expect(await admitted(limiter, key, 50, { requests_per_second: 1, burst: 10 })).toBeLessThanOrEqual(11);
  });
});

describe("without the database", () => {
  it("the last share counts on, second for second, and no request fails by it", async () => {
    const take = announceTaker();
    let away = false;
    const limiter = new KeyLimiter((ask) => (away ? Promise.reject(new Error("away")) : take(ask)));
    const key = randomUUID();
    const limit = { requests_per_second: 10, burst: 20 };
    await admitted(limiter, key, 50, limit);
    await pass(key, 10);
    await limiter.turn();
    away = true;
    for (let second = 0; second < 3; second++) {
      await limiter.turn();
      const told = await admitted(limiter, key, 100, limit);
      expect(told).toBeGreaterThan(0);
      expect(told).toBeLessThanOrEqual(limit.burst);
    }
  });

  it("a key that was never asked for has a second's worth", async () => {
    const limiter = new KeyLimiter(() => Promise.reject(new Error("away")));
    expect(await admitted(limiter, randomUUID(), 50, { requests_per_second: 10, burst: 20 })).toBe(10);
  });
});

type Step =
  | { kind: "take"; who: number; times: number }
  | { kind: "turn"; who: number }
  | { kind: "pass"; seconds: number };

const who = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("take" as const), who, times: fc.integer({ min: 1, max: 60 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("turn" as const), who }) },
  fc.record({ kind: fc.constant("pass" as const), seconds: fc.integer({ min: 0, max: 4 }) }),
);

describe("whatever three processes do, in any order", () => {
  it("they never admit more than one would", async () => {
    const limit = { requests_per_second: 7, burst: 40 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const limiters = Array.from({ length: 3 }, () => new KeyLimiter());
        const key = randomUUID();
        const began = performance.now();
        let passed = 0;
        let sum = 0;
        for (const one of steps) {
          if (one.kind === "pass") {
            await pass(key, one.seconds);
            passed += one.seconds;
          } else if (one.kind === "turn") await limiters[one.who]?.turn();
          else sum += await admitted(limiters[one.who] as KeyLimiter, key, one.times, limit);
          const seconds = passed + (performance.now() - began) / 1_000;
          expect(sum).toBeLessThanOrEqual(limit.burst + limit.requests_per_second * seconds);
        }
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});
