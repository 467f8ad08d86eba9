import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describeStorage } from "@/lib/contract/storage";
import { type Access, BalanceStream, COMMENT_MS, type LiveEvent, type Topic } from "./balance-stream";
import type { BalanceState } from "./read-balances";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance", "Date"] }));
afterEach(() => void vi.useRealTimers());

const ALWAYS: Access = { sessionId: null, keyId: null, expiresAt: null, seesTransactions: true };

const stateOf = (user_version: number): BalanceState => ({
  balance: {
    credits: 100 - user_version,
    held_credits: 0,
    low_balance: false,
    user_version,
    storage: describeStorage(0, 1_048_576, 0),
  },
  moved: null,
});

function newStream(access: Partial<Access> = {}, seen: number | null = null) {
  const topic: Topic = { userId: "u", state: stateOf(1), streams: new Set() };
  const left: BalanceStream[] = [];
  const stream = new BalanceStream(topic, { ...ALWAYS, ...access }, seen, (one) => left.push(one));
  return { topic, stream, left };
}

/** What a reader gets that waits already when `happen` happens. */
function meanwhile(stream: BalanceStream, happen: () => void): Promise<IteratorResult<LiveEvent>> {
  const waiting = stream.next();
  happen();
  stream.nudge();
  return waiting;
}

describe("a line of events", () => {
  it("says nothing twice, and a comment after 15 seconds of silence", async () => {
    const { stream } = newStream();
    expect(await stream.next()).toMatchObject({
      value: { id: "1", event: "balance", data: { credits: 99 } },
    });
    const waiting = stream.next();
    vi.advanceTimersByTime(COMMENT_MS - 1);
    stream.nudge();
    expect(await Promise.race([waiting, Promise.resolve("nothing yet")])).toBe("nothing yet");
    vi.advanceTimersByTime(1);
    stream.nudge();
    expect(await waiting).toEqual({ done: false, value: {} });
  });

  it("begins with a comment where the reader has everything", async () => {
    const { stream, topic } = newStream({}, 1);
    expect(await stream.next()).toEqual({ done: false, value: {} });
    expect(await meanwhile(stream, () => (topic.state = stateOf(4)))).toMatchObject({ value: { id: "4" } });
  });

  it("holds the newest for whoever reads late", async () => {
    const { stream, topic } = newStream();
    for (let version = 2; version <= 50; version++) {
      topic.state = stateOf(version);
      stream.nudge();
    }
    expect(await stream.next()).toMatchObject({ value: { id: "50", data: { credits: 50 } } });
  });

  it("ends at its time, also where nobody reads, and is left once", async () => {
    for (const reads of [true, false]) {
      const { stream, left } = newStream({ expiresAt: new Date(Date.now() + 1_000) });
      if (reads) await stream.next();
      vi.advanceTimersByTime(1_000);
      stream.nudge();
      stream.end();
      expect(await stream.next()).toEqual({ done: true, value: undefined });
      expect(left).toEqual([stream]);
    }
  });

  it("lets go of a reader that waits when it ends", async () => {
    const { stream } = newStream();
    await stream.next();
    expect(await meanwhile(stream, () => stream.end())).toEqual({ done: true, value: undefined });
  });
});
