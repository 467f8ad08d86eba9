import { expect, it } from "vitest";
import { type Chore, CHORES, startBackground } from "./background";

const SOON = 0.002;

/** A chore that tells how often it ran and how many of it ran at once; `work` decides what comes of it. */
function chore(name: string, work: () => Promise<void> = () => Promise.resolve()) {
  const told = { runs: 0, atOnce: 0, most: 0 };
  const one: Chore = {
    name,
    everySeconds: SOON,
    work: async () => {
      told.runs++;
      told.most = Math.max(told.most, ++told.atOnce);
      await work().finally(() => told.atOnce--);
    },
  };
  return { one, told };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

it("each chore runs at once and again and again, whatever another one does", async () => {
  const failing = chore("fails", () => Promise.reject(new Error("the database is away")));
  const throwing: Chore = {
    name: "throws",
    everySeconds: SOON,
    work: () => {
      throw new Error("before it began");
    },
  };
  const hanging = chore("hangs", () => new Promise(() => {}));
  const fine = chore("works");
  const stop = startBackground([failing.one, throwing, fine.one]);
  startBackground([hanging.one]);
  await until(() => failing.told.runs > 5 && fine.told.runs > 5);
  await stop();
  // A turn that is not over is not begun a second time.
  expect(hanging.told.runs).toBe(1);
});

it("a chore never runs twice at once", async () => {
  const slow = chore("is slow", async () => {
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 1));
  });
  const stop = startBackground([slow.one]);
  await until(() => slow.told.runs > 2);
  await stop();
  expect(slow.told.most).toBe(1);
});

it("stopping waits for what is under way, and nothing begins after it", async () => {
  let finish = () => {};
  let finished = false;
  const slow = chore("is under way", async () => {
    await new Promise<void>((resolve) => (finish = resolve));
    finished = true;
  });
  const stop = startBackground([slow.one]);
  let stopped = false;
  const stopping = stop().then(() => (stopped = true));
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  finish();
  await stopping;
  expect(finished).toBe(true);
  const { runs } = slow.told;
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(slow.told.runs).toBe(runs);
});

it("every chore has a name of its own and a time", () => {
  expect(new Set(CHORES.map(({ name }) => name)).size).toBe(CHORES.length);
  expect(CHORES.every(({ everySeconds }) => everySeconds >= 1)).toBe(true);
});
