import { afterEach, describe, expect, it } from "vitest";
import { GET as mine } from "@/app/api/events/route";
import { GET as events } from "@/app/api/unified/events/route";
import { balanceEvent } from "@/lib/contract/live";
import { pool } from "@/lib/database/client";
import { erasePerson } from "@/lib/domains/accounts/erase-person";
import { revokeKey } from "@/lib/domains/api-keys/manage-keys";
import { addCredits } from "@/lib/domains/credits/add-credits";
import { deductCredits } from "@/lib/domains/credits/deduct-credits";
import { holdCredits } from "@/lib/domains/credits/holds";
import { endSession } from "@/lib/domains/sessions/end-session";
import { openSessionCookie } from "@/lib/domains/sessions/session-cookie";
import type { Door } from "@/lib/http/route";
import { newKey, newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { TEST_ENVIRONMENT } from "@/lib/testing/environment";
import { StreamReader } from "@/lib/testing/read-stream";
import { signedIn } from "@/lib/testing/signed-in";
import { followBalance } from "./follow-balance";
import { liveHub } from "./live-hub";

// Whoever left is forgotten: nothing of a stream stays behind.
afterEach(() => expect(liveHub().openStreams).toBe(0));

const caller = ROOT_CALLER;
const spend = (user: string, amount: number) =>
  deductCredits({
    user_id: user,
    amount,
    app_name: "imagegene",
    description: "A picture",
    action: "draw",
    caller,
  });

/** Opens a stream as a client does. */
async function open(door: Door, path: string, headers: Record<string, string>) {
  const leave = new AbortController();
  const request = new Request(`http://localhost:3000${path}`, { headers, signal: leave.signal });
  const reply = await door(request, { params: Promise.resolve({}) });
  return { reply, leave: () => leave.abort() };
}

async function follow(
  user: string,
  headers: Record<string, string> = {},
  key: string = TEST_ENVIRONMENT.PENORA_API_KEY,
) {
  const path = `/api/unified/events?user_id=${encodeURIComponent(user)}`;
  const { reply, leave } = await open(events, path, { "X-API-Key": key, ...headers });
  expect(reply.status).toBe(200);
  return { reply, leave, reader: new StreamReader(reply.body!) };
}

describe("a stream of a person's balance", () => {
  it("begins with what they have, under the number of its version, and is neither kept nor collected on the way", async () => {
    const user = await newPerson(40);
    const { reply, reader } = await follow(user);
    const first = await reader.next();
    expect(balanceEvent.parse(first?.data)).toEqual(first?.data);
    expect(first).toMatchObject({ data: { credits: 40, held_credits: 0 } });
    expect(first?.data.transaction).toBeUndefined();
    expect(first?.id).toBe(String(first?.data.user_version));
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    });
    await reader.leave();
  });

  it("tells what moved, with its line of the ledger", async () => {
    const user = await newPerson(40);
    const { reader } = await follow(user);
    await reader.next();
    await spend(user, 3);
    const spent = await reader.next();
    expect(spent?.data).toMatchObject({
      credits: 37,
      transaction: { app_name: "imagegene", amount: -3, transaction_type: "used", balance_after: 37 },
    });
    await holdCredits({ user_id: user, amount: 7, app_name: "imagegene", caller });
    const held = await reader.next();
    expect(held?.data).toMatchObject({ credits: 30, held_credits: 7 });
    expect(held?.data.transaction).toBeUndefined(); // nothing moved in the ledger
    expect(Number(held?.id)).toBeGreaterThan(Number(spent?.id));
    await reader.leave();
  });

  it("goes on behind Last-Event-ID: nothing comes again, and nothing that changed is left out", async () => {
    const user = await newPerson(40);
    const first = await follow(user);
    const id = (await first.reader.next())?.id ?? "";
    await first.reader.leave();

    const same = await follow(user, { "Last-Event-ID": id });
    expect(await same.reader.chunk()).toMatch(/^: /); // open, and nothing new
    await spend(user, 1);
    expect((await same.reader.next())?.data.credits).toBe(39);
    await same.reader.leave();

    const behind = await follow(user, { "Last-Event-ID": id });
    expect((await behind.reader.next())?.data).toMatchObject({ credits: 39, transaction: { amount: -1 } });
    await behind.reader.leave();

    for (const strange of ["999999", "-1", "x", "1e9"]) {
      const other = await follow(user, { "Last-Event-ID": strange });
      expect((await other.reader.next())?.data.credits).toBe(39);
      await other.reader.leave();
    }
  });

  it("gives a slow reader the newest state, and never a queue", async () => {
    const user = await newPerson(1_000);
    const { events: stream } = await followBalance({
      caller,
      user_id: user,
      lastEventId: null,
      signal: new AbortController().signal,
    });
    expect((await stream.next()).value).toMatchObject({ data: { credits: 1_000 } });
    for (let nth = 0; nth < 200; nth++) await spend(user, 1);
    const seen: number[] = [];
    do seen.push(((await stream.next()).value as { data: { credits: number } }).data.credits);
    while (seen.at(-1) !== 800);
    expect(seen.length).toBeLessThan(10);
    await stream.return();
  });

  it("counts what lies in holds past their time as free", async () => {
    const user = await newPerson(40);
    await holdCredits({ user_id: user, amount: 15, app_name: "imagegene", caller });
    await pool().query("UPDATE holds SET expires_at = now() - interval '1 second' WHERE user_id = $1", [
      user,
    ]);
    const { reader } = await follow(user);
    expect((await reader.next())?.data).toMatchObject({ credits: 40, held_credits: 0 });
    await reader.leave();
  });

  it("finds by itself what no news told of", async () => {
    const user = await newPerson(40);
    const { reader } = await follow(user);
    await reader.next();
    // As a process does that dies between its COMMIT and its message.
    await pool().query(
      "WITH u AS (UPDATE users SET user_version = user_version + 1, storage_limit_bytes = 7000 WHERE id = $1 RETURNING 1) SELECT 1",
      [user],
    );
    await reader.until(({ storage }) => storage.limit_bytes === 7_000);
    await reader.leave();
  });

  it("is 404 for nobody, and ends when the person is erased", async () => {
    const { reply } = await open(events, "/api/unified/events?user_id=nobody", {
      "X-API-Key": TEST_ENVIRONMENT.PENORA_API_KEY,
    });
    expect(reply.status).toBe(404);
    const user = await newPerson(4);
    const { reader } = await follow(user);
    await reader.next();
    await erasePerson(user);
    expect(await reader.next()).toBeNull();
  });

  it("ends with its key: revoked, or past its time", async () => {
    const user = await newPerson(4);
    const revoked = await newKey(["credits:read"]);
    const passing = await newKey(["credits:read"], undefined, new Date(Date.now() + 4_000));
    const kept = await newKey(["credits:read"]);
    const streams = await Promise.all([revoked, passing, kept].map(({ key }) => follow(user, {}, key)));
    for (const { reader } of streams) await reader.next();
    await revokeKey(revoked.id);
    await streams[0]!.reader.ended();
    await streams[1]!.reader.ended();
    await spend(user, 1);
    await streams[2]!.reader.until(({ credits }) => credits === 3);
    await streams[2]!.reader.leave();
  });
});

describe("the stream of whoever is signed in", () => {
  it("is theirs, and no key opens it", async () => {
    const user = await newPerson(12);
    const { reply } = await open(mine, "/api/events", await signedIn(user));
    const reader = new StreamReader(reply.body!);
    expect((await reader.next())?.data.credits).toBe(12);
    await spend(user, 5);
    expect((await reader.next())?.data).toMatchObject({ credits: 7, transaction: { amount: -5 } });
    await reader.leave();
    const byKey = await open(mine, "/api/events", { "X-API-Key": TEST_ENVIRONMENT.PENORA_API_KEY });
    expect(byKey.reply.status).toBe(401);
  });

  it("is refused to the page of somebody else", async () => {
    const headers = { ...(await signedIn(await newPerson(1))), "X-Penora-User": "somebody-else" };
    expect((await open(mine, "/api/events", headers)).reply.status).toBe(409);
  });

  it("ends when they sign out, and all of them when they sign out everywhere; nobody else's does", async () => {
    const [user, other] = [await newPerson(9), await newPerson(9)];
    const people = [user, user, user, other];
    const sessions = await Promise.all(people.map((person) => signedIn(person)));
    const readers = await Promise.all(
      sessions.map(
        async (headers) => new StreamReader((await open(mine, "/api/events", headers)).reply.body!),
      ),
    );
    for (const reader of readers) await reader.next();
    const first = await openSessionCookie(sessions[0]!.Cookie!);
    await endSession({ userId: user, sessionId: first!.sessionId }, false);
    await readers[0]!.ended();
    await spend(user, 1);
    expect((await readers[1]!.next())?.data.credits).toBe(8);
    expect((await readers[2]!.next())?.data.credits).toBe(8);
    await endSession({ userId: user, sessionId: null }, true);
    await Promise.all([readers[1]!.ended(), readers[2]!.ended()]);
    await addCredits({
      user_id: other,
      amount: 1,
      transaction_type: "bonus",
      direction: "credit",
      description: "",
      app_name: "system",
      caller,
    });
    expect((await readers[3]!.next())?.data.credits).toBe(10);
    await readers[3]!.leave();
  });

  it("is let go of when its reader leaves, before, while or after it is opened", async () => {
    const user = await newPerson(9);
    const headers = await signedIn(user);
    const request = new Request("http://localhost:3000/api/events", { headers, signal: AbortSignal.abort() });
    const early = await mine(request, { params: Promise.resolve({}) });
    expect(await new StreamReader(early.body!).next()).toBeNull();
    const { reply, leave } = await open(mine, "/api/events", headers);
    const reader = new StreamReader(reply.body!);
    await reader.next();
    leave();
    await reader.ended();
    const unread = await open(mine, "/api/events", headers);
    await unread.reply.body!.cancel();
  });
});
