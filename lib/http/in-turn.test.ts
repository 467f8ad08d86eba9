import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Idempotency } from "@/lib/foundation/caller";
import { inTurn } from "./in-turn";

const key = (name: string, scope = "root"): Idempotency => ({ scope, key: name, requestHash: "same" });

function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("requests with one idempotency key", () => {
  it("run one after the other, in their order", async () => {
    const log: string[] = [];
    const first = gate();
    const work = (name: string, wait?: Promise<void>) =>
      inTurn(key("k"), async () => {
        log.push(`${name} begins`);
        await wait;
        log.push(`${name} ends`);
      });
    const all = [work("a", first.opened), work("b"), work("c")];
    first.open();
    await Promise.all(all);
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("get their turn also after one that failed", async () => {
    const failed = inTurn(key("f"), () => Promise.reject(new Error("no")));
    const next = inTurn(key("f"), () => Promise.resolve(1));
    await expect(failed).rejects.toThrow("no");
    expect(await next).toBe(1);
  });

  it("wait five seconds and no longer, and do nothing then", async () => {
    const first = gate();
    let ran = false;
    const slow = inTurn(key("s"), () => first.opened);
    const waiting = inTurn(key("s"), async () => {
      ran = true;
    });
    const told = expect(waiting).rejects.toMatchObject({
      code: "idempotency_in_progress",
      status: 409,
      retryAfterSeconds: 1,
    });
    await vi.advanceTimersByTimeAsync(5_000);
    await told;
    first.open();
    await slow;
    expect(ran).toBe(false);
    expect(await inTurn(key("s"), () => Promise.resolve("free again"))).toBe("free again");
  });

  it("do not wait for other keys, other scopes, or requests without a key", async () => {
    const first = gate();
    const slow = inTurn(key("x"), () => first.opened);
    expect(await inTurn(key("y"), () => Promise.resolve(1))).toBe(1);
    expect(await inTurn(key("x", "app:other"), () => Promise.resolve(2))).toBe(2);
    expect(await inTurn(null, () => Promise.resolve(3))).toBe(3);
    first.open();
    await slow;
  });
});
