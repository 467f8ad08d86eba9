import { describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { newPerson } from "@/lib/testing/builders";
import { fakeText } from "@/lib/testing/fake-models";
import {
  purseOf,
  sessionOf,
  settlementsOf,
  textOfGeneration,
  until,
  untilEnded,
  writeWith,
} from "@/lib/testing/generations";
import { erasePerson } from "@/lib/domains/accounts/erase-person";
import { captureHold, sweepExpiredHolds } from "@/lib/domains/credits/holds";
import { studioModel } from "@/lib/testing/studio-model";
import { continueGeneration } from "./continue-generation";
import { followGeneration } from "./follow-generation";
import { findGeneration } from "./read-generation";
import { recoverGenerations } from "./recover-generations";
import { stopRunners } from "./runners";
import { startGeneration } from "./start-generation";
import { stopGeneration } from "./stop-generation";

const model = await studioModel();

async function begin(pages: number) {
  const user = await newPerson(10);
  const caller = sessionOf(user);
  const { result } = await startGeneration({
    prompt: "A lighthouse",
    pages,
    model: "balanced",
    format: "prose",
    caller,
  });
  return { user, caller, id: result.generation_id };
}

/** As a crash leaves it: in the middle of page 2, and nobody gives a sign of life. */
async function crashed() {
  writeWith(model);
  model.enqueue({ text: fakeText(400) }, { text: fakeText(400, 1), msPerChunk: 20 });
  const { user, caller, id } = await begin(3);
  await until(async () => ((await findGeneration(user, id))?.generation.words ?? 0) > 440);
  // Another runner's lease, long past: the one of this process finds out that it has lost it, and says no more.
  await pool().query(
    "UPDATE generations SET runner_id = gen_random_uuid(), lease_expires_at = now() - interval '1 second' WHERE id = $1",
    [id],
  );
  await model.until(({ requests }) => requests.at(-1)?.aborted === true);
  return { user, caller, id, text: await textOfGeneration(user, id) };
}

describe("recovery", () => {
  it("ends what nobody writes any more: pages that are whole are charged, all of the text is there", async () => {
    const { user, caller, id, text } = await crashed();
    expect(await recoverGenerations()).toBe(1);
    const found = await findGeneration(user, id);
    expect(found?.generation).toMatchObject({ status: "interrupted", charged_credits: 1 });
    expect(found?.generation.error).toBe(
      "The server was interrupted while it wrote page 2. You were not charged for page 2.",
    );
    expect(found?.pieces.map(({ status }) => status)).toEqual(["done", "failed", "waiting"]);
    expect(await textOfGeneration(user, id)).toBe(text);
    expect(await purseOf(user)).toEqual({ credits: 9, held: 0, used: 1, captures: 1 });

    model.reset();
    await continueGeneration({ caller, id });
    expect(await untilEnded(user, id)).toMatchObject({ status: "done", charged_credits: 3 });
    expect((await textOfGeneration(user, id)).startsWith(text)).toBe(true);
  });

  it("settles once, however many recover at the same time", async () => {
    const { user, id } = await crashed();
    const ended = await Promise.all(Array.from({ length: 8 }, () => recoverGenerations()));
    expect(ended.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await settlementsOf(id)).toHaveLength(1);
    expect(await purseOf(user)).toMatchObject({ used: 1, captures: 1, held: 0 });
  });

  it("needs no process that lives between requests: following the text is enough", async () => {
    const { user, caller, id } = await crashed();
    await followGeneration({ caller, id, lastEventId: null, signal: AbortSignal.abort() });
    expect((await findGeneration(user, id))?.generation).toMatchObject({
      status: "interrupted",
      charged_credits: 1,
    });
    expect(await purseOf(user)).toMatchObject({ used: 1, captures: 1, held: 0 });
  });

  it("leaves alone what is being written, and holds of generations are no matter for the general sweep", async () => {
    writeWith(model, {}, { firstChunkMs: 60_000 });
    model.handle(() => ({ silent: true }));
    const { user, id } = await begin(1);
    await pool().query("UPDATE holds SET expires_at = now() - interval '1 day' WHERE user_id = $1", [user]);
    expect(await sweepExpiredHolds()).toBe(0);
    expect(await recoverGenerations()).toBe(0);
    expect((await findGeneration(user, id))?.generation.status).toBe("writing");
  });

  it("a runner that wakes up after it was given up for dead changes nothing", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(400), msPerChunk: 20 });
    const { user, id } = await begin(1);
    await until(async () => ((await findGeneration(user, id))?.generation.words ?? 0) > 20);
    await pool().query(
      "UPDATE generations SET lease_expires_at = now() - interval '1 second' WHERE id = $1",
      [id],
    );
    // Either the runner renews its lease first, or it is given up: never both.
    const recovered = await recoverGenerations();
    const ended = await untilEnded(user, id);
    expect(ended.status).toBe(recovered === 1 ? "interrupted" : "done");
    await stopRunners();
    expect((await findGeneration(user, id))?.generation).toEqual(ended);
    expect(await settlementsOf(id)).toHaveLength(1);
  });

  it("ends what no request went on with, where a page is one request", async () => {
    writeWith(model, { onePageARequest: true, waitingSeconds: 0 });
    const { user, id } = await begin(2);
    expect(await recoverGenerations()).toBe(1);
    expect((await findGeneration(user, id))?.generation).toMatchObject({
      status: "interrupted",
      charged_credits: 0,
    });
    expect(await purseOf(user)).toMatchObject({ credits: 10, held: 0 });
  });

  it("a text that waits for its next request is stopped at once", async () => {
    writeWith(model, { onePageARequest: true });
    const { user, caller, id } = await begin(2);
    expect(await stopGeneration({ caller, id })).toEqual({ status: "stopped", stop_requested: true });
    expect(await purseOf(user)).toMatchObject({ credits: 10, held: 0 });
  });

  it("what was ended with the root key is settled as it was ended", async () => {
    const { user, id } = await crashed();
    const { rows } = await pool().query<{ hold_id: string }>(
      "SELECT hold_id FROM generations WHERE id = $1",
      [id],
    );
    await captureHold({ holdId: rows[0]?.hold_id ?? "", app: null, amount: 3 });
    expect(await recoverGenerations()).toBe(1);
    expect(await settlementsOf(id)).toMatchObject([{ quoted: 3, charged: 3, released: 0 }]);
    expect(await purseOf(user)).toMatchObject({ credits: 7, held: 0, used: 3 });
  });

  it("a person who is erased takes their texts with them, also one that is being written", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(400), msPerChunk: 20 });
    const { user, id } = await begin(1);
    await until(async () => ((await findGeneration(user, id))?.generation.words ?? 0) > 20);
    await erasePerson(user);
    await model.until(({ requests }) => requests.at(-1)?.aborted === true);
    await stopRunners();
    for (const table of ["generations", "generation_pieces", "generation_events", "generation_settlements"]) {
      expect((await pool().query(`SELECT 1 FROM ${table} WHERE user_id = $1`, [user])).rows).toEqual([]);
    }
  });
});
