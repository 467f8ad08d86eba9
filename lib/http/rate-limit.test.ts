import { describe, expect, it } from "vitest";
import type { AppError } from "@/lib/foundation/app-error";
import { RateLimiter } from "./rate-limit";

/** A limiter whose clock the test turns, in milliseconds. */
function limiter(perSecond: number, burst: number) {
  let now = 0;
  const one = new RateLimiter(perSecond, burst, () => now);
  const take = (name = "key"): AppError | null => {
    try {
      one.take(name);
      return null;
    } catch (error) {
      return error as AppError;
    }
  };
  const taken = (times: number, name?: string) =>
    Array.from({ length: times }, () => take(name)).filter((refusal) => refusal === null).length;
  return { take, taken, pass: (ms: number) => (now += ms) };
}

describe("the rate limit", () => {
  it("lets a burst through, then what a second brings", () => {
    const { taken, pass } = limiter(1_000, 5_000);
    expect(taken(6_000)).toBe(5_000);
    pass(1_000);
    expect(taken(6_000)).toBe(1_000);
    pass(60_000);
    expect(taken(6_000)).toBe(5_000);
  });

  it("refuses as rate_limited, with whole seconds after which there is room", () => {
    const { take, taken, pass } = limiter(0.1, 1);
    taken(1);
    const refusal = take();
    expect(refusal).toMatchObject({ code: "rate_limited", status: 429, retryAfterSeconds: 10 });
    pass(9_999);
    expect(take()?.retryAfterSeconds).toBe(1);
    pass(1);
    expect(take()).toBeNull();
  });

  it("tells at least one second", () => {
    const { take, taken } = limiter(1_000, 1);
    taken(1);
    expect(take()?.retryAfterSeconds).toBe(1);
  });

  it("counts each name for itself", () => {
    const { taken } = limiter(1, 3);
    expect(taken(5, "a")).toBe(3);
    expect(taken(5, "b")).toBe(3);
  });

  it("takes nothing for a refusal", () => {
    const { taken, pass } = limiter(1, 1);
    expect(taken(100)).toBe(1);
    pass(1_000);
    expect(taken(1)).toBe(1);
  });

  it("forgets names at rest and never one that is spent, however many come", () => {
    const { taken, pass } = limiter(1, 2);
    expect(taken(5, "spent")).toBe(2);
    pass(500);
    for (let i = 0; i < 25_000; i++) expect(taken(1, `name-${i}`)).toBe(1);
    expect(taken(1, "spent")).toBe(0);
  });
});
