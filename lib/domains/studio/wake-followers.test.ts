import { describe, expect, it } from "vitest";
import { listenForWakeUps, wakeFollowers } from "./wake-followers";

const NEVER = 2 ** 31 - 1;

describe("somebody who listens for a generation", () => {
  it("misses nothing that rings before, during or between their waits", async () => {
    const { signal } = new AbortController();
    const wakeUps = listenForWakeUps("one");
    wakeFollowers("one");
    await wakeUps.next(NEVER, signal);
    const waiting = wakeUps.next(NEVER, signal);
    wakeFollowers("one");
    await waiting;
    wakeFollowers("one");
    await wakeUps.next(NEVER, signal);
    wakeUps.close();
  });

  it("hears of no other generation, and waits no longer than they said or their signal lasts", async () => {
    const leave = new AbortController();
    const wakeUps = listenForWakeUps("one");
    wakeFollowers("another");
    const order: string[] = [];
    const waiting = wakeUps.next(NEVER, leave.signal).then(() => order.push("left"));
    await Promise.resolve();
    expect(order).toEqual([]);
    leave.abort();
    await waiting;
    await wakeUps.next(1, new AbortController().signal);
    expect(order).toEqual(["left"]);
    wakeUps.close();
  });
});
