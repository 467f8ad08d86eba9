import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { GET as list, POST as start } from "@/app/api/me/generations/route";
import { POST as goOn } from "@/app/api/me/generations/[id]/continue/route";
import { POST as stop } from "@/app/api/me/generations/[id]/stop/route";
import { POST as save } from "@/app/api/me/generations/[id]/save/route";
import { GET as events } from "@/app/api/me/generations/[id]/events/route";
import { GET as read } from "@/app/api/me/generations/[id]/route";
import { pool } from "@/lib/database/client";
import { newPerson } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { purseOf, untilEnded, writeWith } from "@/lib/testing/generations";
import { signedIn } from "@/lib/testing/signed-in";
import { studioModel } from "@/lib/testing/studio-model";
import { configureStudio } from "./studio-settings";

const model = await studioModel();

const PATH = "/api/me/generations";
const wish = { prompt: "A lighthouse keeper finds a letter", pages: 2, model: "balanced" };

async function begin(user: string, body: unknown = wish, key?: string) {
  const headers = { ...(await signedIn(user)), ...(key === undefined ? {} : { "Idempotency-Key": key }) };
  return callDoor(start, { path: PATH, key: null, headers, body });
}

const at = (id: string, what = "") => ({ path: `${PATH}/${id}${what}`, key: null, params: { id } });

async function generationsOf(user: string): Promise<number> {
  const { rows } = await pool().query("SELECT 1 FROM generations WHERE user_id = $1", [user]);
  return rows.length;
}

/** Begun, and in no hurry to end. */
function writeForLong() {
  writeWith(model, {}, { firstChunkMs: 60_000 });
  model.handle(() => ({ silent: true }));
}

describe("POST /api/me/generations", () => {
  it("answers at once with the price that is held", async () => {
    writeForLong();
    const user = await newPerson(50);
    const told = await begin(user, { ...wish, pages: 12 });
    expect(told.status).toBe(200);
    expect(told.json).toMatchObject({ success: true, quoted_credits: 12, credits: 38, held_credits: 12 });
  });

  it("makes one generation and one charge of a double click and of a repeated request", async () => {
    writeWith(model);
    const user = await newPerson(2);
    const key = randomUUID();
    const told = await Promise.all(Array.from({ length: 8 }, () => begin(user, wish, key)));
    expect(told.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(told.map(({ json }) => JSON.stringify(json))).size).toBe(1);
    await untilEnded(user, told[0]?.json.generation_id as string);
    // The coins are spent by now; the key is answered all the same.
    const late = await begin(user, wish, key);
    expect(late.json).toEqual(told[0]?.json);
    expect(late.headers.get("idempotent-replayed")).toBe("true");
    expect(await generationsOf(user)).toBe(1);
    expect(await purseOf(user)).toMatchObject({ credits: 0, held: 0, used: 2, captures: 1 });
    expect((await begin(user, { ...wish, pages: 1 }, key)).json).toMatchObject({
      code: "idempotency_key_reused",
    });
  });

  it("refuses what the coins do not cover, with what is missing, and changes nothing", async () => {
    writeForLong();
    const user = await newPerson(11);
    const told = await begin(user, { ...wish, pages: 12 });
    expect(told.status).toBe(402);
    expect(told.json).toMatchObject({
      code: "insufficient_credits",
      credits: 11,
      required: 12,
      shortfall: 1,
      topup_url: expect.any(String) as string,
    });
    expect(await generationsOf(user)).toBe(0);
    expect(await purseOf(user)).toMatchObject({ credits: 11, held: 0 });
  });

  it("takes back what lies in a hold past its time before it refuses", async () => {
    writeForLong();
    const user = await newPerson(2);
    await pool().query(
      "WITH u AS (UPDATE users SET credits = 0, held_credits = 2 WHERE id = $1 RETURNING id) INSERT INTO holds (user_id, app_name, amount, expires_at) SELECT id, 'imagegene', 2, now() - interval '1 second' FROM u",
      [user],
    );
    expect((await begin(user)).status).toBe(200);
  });

  it("lets two that race for the last coin have it once, over connections of their own, 20 times", async () => {
    writeForLong();
    for (let round = 0; round < 20; round++) {
      const user = await newPerson(2);
      const told = await Promise.all([begin(user), begin(user)]);
      expect(told.map(({ status }) => status).sort()).toEqual([200, 402]);
      expect(await generationsOf(user)).toBe(1);
      expect(await purseOf(user)).toMatchObject({ credits: 0, held: 2 });
    }
  });

  it("writes at most three texts of a person at once, however they are asked for", async () => {
    writeForLong();
    const user = await newPerson(50);
    const told = await Promise.all(Array.from({ length: 8 }, () => begin(user)));
    expect(told.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
    expect(told.find(({ status }) => status === 429)?.json).toMatchObject({ code: "too_many_generations" });
    expect(await purseOf(user)).toMatchObject({ credits: 44, held: 6 });
    expect((await begin(await newPerson(50))).status).toBe(200);
  });

  it("looks at the space before the coins, and says how much room is missing", async () => {
    writeForLong();
    const user = await newPerson(0);
    await pool().query("UPDATE users SET storage_limit_bytes = 3000 WHERE id = $1", [user]);
    const told = await begin(user);
    expect(told.status).toBe(413);
    expect(told.json).toMatchObject({
      code: "storage_limit_exceeded",
      error: "Storage limit exceeded. Maximum 1MB allowed.",
      details: expect.stringMatching(/Make room for 4 kB/) as string,
      missing_bytes: 3400,
      storage: { limit_bytes: 3000 },
    });
  });

  it("says that writing is not available where no model is configured, before anything is held", async () => {
    configureStudio({ writer: () => null });
    const user = await newPerson(50);
    const told = await begin(user);
    expect(told.status).toBe(503);
    expect(told.json).toMatchObject({
      code: "unavailable",
      error: expect.stringMatching(/^Writing is not available: /) as string,
    });
    expect(await purseOf(user)).toMatchObject({ credits: 50, held: 0 });
  });

  it.each([
    ["no prompt", { pages: 1, model: "fast" }],
    ["an empty prompt", { ...wish, prompt: "" }],
    ["a prompt of spaces", { ...wish, prompt: " \n " }],
    ["a prompt that is no text", { ...wish, prompt: 7 }],
    ["NUL in the prompt", { ...wish, prompt: "a\0b" }],
    ["half a character in the prompt", { ...wish, prompt: "a\ud800b" }],
    ["no pages", { ...wish, pages: 0 }],
    ["too many pages", { ...wish, pages: 51 }],
    ["half a page", { ...wish, pages: 1.5 }],
    ["pages in words", { ...wish, pages: "two" }],
    ["an unknown model", { ...wish, model: "gpt" }],
    ["an unknown format", { ...wish, format: "novel" }],
    ["an unknown point of view", { ...wish, point_of_view: "ninth person" }],
    ["a tone that is no text", { ...wish, tone: {} }],
  ])("refuses %s and holds nothing", async (_what, body) => {
    writeForLong();
    const user = await newPerson(50);
    const told = await begin(user, body);
    expect(told.status).toBe(400);
    expect(told.json).toMatchObject({ code: "invalid_request" });
    expect(await purseOf(user)).toMatchObject({ credits: 50, held: 0 });
  });

  it("cuts a prompt that is too long, and cleans wishes", async () => {
    writeForLong();
    const user = await newPerson(50);
    const told = await begin(user, {
      ...wish,
      prompt: "é".repeat(9_000),
      tone: " dry\n\tand  kind ",
      point_of_view: "first person",
    });
    expect(told.status).toBe(200);
    const shown = await callDoor(read, {
      ...at(told.json.generation_id as string),
      headers: await signedIn(user),
    });
    expect(shown.json.generation).toMatchObject({
      tone: "dry and kind",
      point_of_view: "first person",
      audience: null,
    });
    expect(shown.json.generation.prompt).toHaveLength(8_000);
  });
});

describe("the other doors of a generation", () => {
  it("are closed for guests, and another person's text is not found", async () => {
    writeForLong();
    const owner = await newPerson(50);
    const other = await signedIn(await newPerson(50));
    const { generation_id: id } = (await begin(owner)).json as { generation_id: string };
    const doors = [
      [read, at(id)],
      [events, at(id, "/events")],
      [stop, { ...at(id, "/stop"), body: {} }],
      [goOn, { ...at(id, "/continue"), body: {} }],
      [save, { ...at(id, "/save"), body: {} }],
    ] as const;
    for (const [door, ask] of doors) {
      expect((await callDoor(door, { ...ask, headers: other })).status).toBe(404);
      expect((await callDoor(door, ask)).status).toBe(401);
    }
    expect((await callDoor(read, { ...at("no-id"), headers: other })).status).toBe(400);
    expect((await callDoor(list, { path: PATH, key: null, headers: other })).json.generations).toEqual([]);
    expect((await purseOf(owner)).held).toBe(2);
  });

  it("go on once for a double click, and not at all with what is finished", async () => {
    writeWith(model, {}, { firstChunkMs: 60_000 });
    model.enqueue({ breakAfterChunks: 10 }, { silent: true });
    const user = await newPerson(50);
    const headers = await signedIn(user);
    const { generation_id: id } = (await begin(user)).json as { generation_id: string };
    await untilEnded(user, id);
    const ask = { ...at(id, "/continue"), body: {}, headers };
    const told = await Promise.all([callDoor(goOn, ask), callDoor(goOn, ask), callDoor(goOn, ask)]);
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await purseOf(user)).toMatchObject({ credits: 48, held: 2 });
    model.handle(() => ({}));
    await callDoor(stop, { ...at(id, "/stop"), body: {}, headers });
    await untilEnded(user, id);
    await callDoor(goOn, ask);
    expect(await untilEnded(user, id)).toMatchObject({ status: "done" });
    expect((await callDoor(goOn, ask)).json).toMatchObject({
      code: "invalid_request",
      error: "This text is finished.",
    });
  });

  it("list a person's texts, newest first, page by page", async () => {
    writeWith(model);
    const user = await newPerson(50);
    const headers = await signedIn(user);
    const begun: string[] = [];
    for (let i = 0; i < 5; i++) {
      const { generation_id: id } = (await begin(user, { ...wish, pages: 1 })).json as {
        generation_id: string;
      };
      begun.unshift(id);
      await untilEnded(user, id);
    }
    const seen: string[] = [];
    for (let cursor = ""; ;) {
      const told = await callDoor(list, { path: `${PATH}?limit=2${cursor}`, key: null, headers });
      seen.push(...(told.json.generations as { id: string }[]).map(({ id }) => id));
      if (told.json.next_cursor === null) break;
      cursor = `&cursor=${told.json.next_cursor as string}`;
    }
    expect(seen).toEqual(begun);
    expect((await callDoor(list, { path: `${PATH}?cursor=x`, key: null, headers })).status).toBe(400);
  });
});
