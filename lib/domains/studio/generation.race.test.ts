import pg from "pg";
import { describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { findProject } from "@/lib/domains/workspace/get-project";
import { newPerson } from "@/lib/testing/builders";
import type { DoorServer } from "@/lib/testing/door-servers";
import { fakeText } from "@/lib/testing/fake-models";
import { purseOf, settlementsOf, textOfGeneration, until, untilEnded } from "@/lib/testing/generations";
import { ask, kill, studioServers } from "@/lib/testing/studio-servers";
import { findGeneration } from "./read-generation";
import { recoverGenerations } from "./recover-generations";

const { model, start } = await studioServers();

const wish = (pages: number) => ({ prompt: "A lighthouse keeper finds a letter", pages, model: "balanced" });

function untilWords(user: string, id: string, words: number) {
  return until(async () => ((await findGeneration(user, id))?.generation.words ?? 0) >= words);
}

describe("a server that is killed while it writes", () => {
  it("leaves an interrupted text, settled once from what is stored, that can be gone on with", async () => {
    const [doomed, heir] = (await start(2)) as [DoorServer, DoorServer];
    model.enqueue({ text: fakeText(400) }, { text: fakeText(400, 1), msPerChunk: 30 });
    const user = await newPerson(10);
    const { json } = await ask(doomed, user, "/api/me/generations", wish(3));
    const id = json.generation_id;
    await untilWords(user, id, 430);
    await kill(doomed);
    const shown = await textOfGeneration(user, id);
    expect(await purseOf(user)).toMatchObject({ held: 3 });

    // Nothing is done before the lease has run out; then several notice at once.
    const killedAt = Date.now();
    await until(async () => {
      const ended = await Promise.all([recoverGenerations(), recoverGenerations(), recoverGenerations()]);
      return ended.includes(1);
    });
    expect(Date.now() - killedAt).toBeLessThan(60_000);
    const found = await findGeneration(user, id);
    expect(found?.generation).toMatchObject({ status: "interrupted", charged_credits: 1 });
    expect(found?.generation.error).toContain("You were not charged for page 2");
    expect(await textOfGeneration(user, id)).toBe(shown);
    expect((await findProject(user, found?.generation.project_code ?? ""))?.content).toBe(shown);
    expect(await settlementsOf(id)).toMatchObject([{ quoted: 3, charged: 1, released: 2, words: 400 }]);
    expect(await purseOf(user)).toEqual({ credits: 9, held: 0, used: 1, captures: 1 });

    model.reset();
    await ask(heir, user, `/api/me/generations/${id}/continue`);
    expect(await untilEnded(user, id)).toMatchObject({ status: "done", charged_credits: 3 });
    expect((await textOfGeneration(user, id)).startsWith(shown)).toBe(true);
    expect(await purseOf(user)).toMatchObject({ credits: 7, held: 0, used: 3, captures: 2 });
  });
});

describe("three server processes", () => {
  it("make one generation and one charge of a request that reaches all of them", async () => {
    const all = await start(3);
    for (let round = 0; round < 10; round++) {
      const user = await newPerson(1);
      const told = await Promise.all(
        Array.from({ length: 9 }, (_, i) =>
          ask(all[i % 3] as DoorServer, user, "/api/me/generations", wish(1), `key-${round}`),
        ),
      );
      expect(told.map(({ status }) => status)).toEqual(Array(9).fill(200));
      expect(new Set(told.map(({ json }) => json.generation_id)).size).toBe(1);
      await untilEnded(user, told[0]?.json.generation_id ?? "");
      expect(await purseOf(user)).toEqual({ credits: 0, held: 0, used: 1, captures: 1 });
    }
  });

  it("sell the last coin to one of the generations that race for it", async () => {
    const all = await start(3);
    for (let round = 0; round < 10; round++) {
      const user = await newPerson(1);
      const told = await Promise.all(all.map((server) => ask(server, user, "/api/me/generations", wish(1))));
      expect(told.map(({ status }) => status).sort()).toEqual([200, 402, 402]);
      await untilEnded(user, told.find(({ status }) => status === 200)?.json.generation_id ?? "");
      expect(await purseOf(user)).toEqual({ credits: 0, held: 0, used: 1, captures: 1 });
    }
  });

  it("stop a text that one of them writes in under two seconds, whichever is asked", async () => {
    const [writing, other] = (await start(3)) as [DoorServer, DoorServer, DoorServer];
    model.handle(() => ({ msPerChunk: 50 }));
    const user = await newPerson(5);
    const { json } = await ask(writing, user, "/api/me/generations", wish(2));
    await untilWords(user, json.generation_id, 20);
    await ask(other, user, `/api/me/generations/${json.generation_id}/stop`);
    expect(await untilEnded(user, json.generation_id)).toMatchObject({ status: "stopped" });
    await model.until(({ requests }) => requests[0]?.aborted === true);
  });
});

describe("a database that hangs up again and again", () => {
  it("costs no word and doubles none, and the text is settled once", async () => {
    const [server] = (await start(1)) as [DoorServer];
    model.handle(() => ({ msPerChunk: 25 }));
    const user = await newPerson(5);
    const { json } = await ask(server, user, "/api/me/generations", wish(2));
    const id = json.generation_id;
    await untilWords(user, id, 8);
    const own = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await own.connect();
    try {
      const look = async () => {
        const { rows } = await own.query("SELECT status, last_seq FROM generations WHERE id = $1", [id]);
        return rows[0] as { status: string; last_seq: string };
      };
      let hangUps = 0;
      for (let seen = await look(); seen.status === "writing"; hangUps++) {
        await own.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
        // Again when it got on, and each time at another moment of what it does next: a machine that needs longer to
        // connect than the pause between two hang-ups would never get on.
        seen = await until(async () => {
          const now = await look();
          return (now.last_seq !== seen.last_seq || now.status !== "writing") && now;
        });
        await new Promise((resolve) => setTimeout(resolve, (hangUps * 37) % 260));
        seen = await look();
      }
      expect(hangUps).toBeGreaterThan(5);
    } finally {
      await own.end();
    }
    await pool()
      .query("SELECT 1")
      .catch(() => undefined);
    const ended = await untilEnded(user, id);
    expect(ended).toMatchObject({ status: "done", charged_credits: 2, words: 800 });
    const text = await textOfGeneration(user, id);
    expect(text).toBe(`${fakeText(400)}\n\n${fakeText(400, 1)}`);
    expect((await findProject(user, ended.project_code ?? ""))?.content).toBe(text);
    const { rows } = await pool().query<{ seq: number; text: string | null }>(
      "SELECT seq, data ->> 'text' AS text FROM generation_events WHERE generation_id = $1 ORDER BY seq",
      [id],
    );
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1));
    expect(rows.map((row) => row.text ?? "").join("")).toBe(text);
    expect(await settlementsOf(id)).toHaveLength(1);
  });
});
