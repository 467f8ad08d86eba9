import { beforeEach, describe, expect, it } from "vitest";
import { findAccount } from "@/lib/domains/accounts/get-account";
import { erasePerson } from "@/lib/domains/accounts/erase-person";
import { POST as startDoor } from "@/app/api/session/route";
import { POST as endDoor } from "@/app/api/session/end/route";
import { GET as statusDoor } from "@/app/api/user-status/route";
import { database, pool } from "@/lib/database/client";
import { newId } from "@/lib/foundation/ids";
import { callDoor } from "@/lib/testing/call-door";
import { hubToken, secondsFromNow } from "@/lib/testing/tokens";
import { admitVisitor, type Visit } from "./admit-visitor";
import { endSession } from "./end-session";
import { readSession } from "./read-session";
import { signInWithToken } from "./sign-in";
import { END_ALL_SESSIONS, START_SESSION } from "./statements";

let userId: string;
beforeEach(() => void (userId = `u-${newId()}`));

const tokenFor = (claims: Record<string, unknown> = {}) => hubToken({ user_id: userId, ...claims });
const account = async () => (await findAccount(userId))!;

async function signIn(claims: Record<string, unknown> = {}) {
  return signInWithToken(await tokenFor(claims), null);
}

async function visit(address: string, headers: Partial<Visit> = {}) {
  const url = new URL(address, "http://localhost:3000");
  const none = { cookie: null, authorization: null, authToken: null };
  return admitVisitor({ method: "GET", pathname: url.pathname, search: url.search, ...none, ...headers });
}

const pairOf = (setCookies: readonly string[]) => setCookies[0]!.split(";", 1)[0]!;

describe("a token becomes a session", () => {
  it("writes the person at once, and the session is theirs", async () => {
    const { cookie } = await signIn({ credits: 77 });
    expect(await readSession(cookie.pair)).toMatchObject({ userId, username: "Una" });
    expect(await account()).toMatchObject({ credits: 77, email: "una@example.com" });
  });

  it("gives a new person the welcome, or exactly what the token says, zero included", async () => {
    await signIn();
    expect((await account()).credits).toBe(60);
    userId = `u-${newId()}`;
    await signIn({ credits: 0 });
    expect((await account()).credits).toBe(0);
    userId = `u-${newId()}`;
    await signIn({ credits: 2_000_000 });
    expect((await account()).credits).toBe(60);
  });

  it("never refills a purse: replayed with more credits it changes nothing", async () => {
    await signIn({ credits: 10 });
    await signIn({ credits: 900_000, iat: secondsFromNow(5) });
    expect((await account()).credits).toBe(10);
    const { rows } = await pool().query("SELECT 1 FROM credit_transactions WHERE user_id = $1", [userId]);
    expect(rows).toHaveLength(1);
  });

  it("is followed by the profile only where it is newer, and an absent claim changes nothing", async () => {
    await signIn({ username: "New", bio: "Here.", iat: secondsFromNow(-10) });
    await signIn({ username: "Old", email: "old@example.com", iat: secondsFromNow(-100) });
    expect(await account()).toMatchObject({ username: "New", email: "una@example.com", bio: "Here." });
    await signIn({ username: undefined, email: "newest@example.com", iat: secondsFromNow(0) });
    expect(await account()).toMatchObject({ username: "New", email: "newest@example.com", bio: "Here." });
  });

  it("calls a new person without a name by the first part of their email", async () => {
    await signIn({ username: undefined });
    expect((await account()).username).toBe("una");
  });

  it("starts two sessions for one new person at once, with one welcome", async () => {
    const token = await tokenFor();
    const both = await Promise.all([signInWithToken(token, null), signInWithToken(token, null)]);
    for (const { cookie } of both) expect(await readSession(cookie.pair)).not.toBeNull();
    expect((await account()).credits).toBe(60);
  });

  it("replaces the session that was there, whole", async () => {
    const first = await signIn();
    const replaced = await readSession(first.cookie.pair);
    const other = await signInWithToken(await hubToken({ user_id: `u-${newId()}` }), replaced!.sessionId);
    expect(await readSession(first.cookie.pair)).toBeNull();
    expect(await readSession(other.cookie.pair)).not.toBeNull();
  });
});

describe("a session ends", () => {
  it("where it is signed out, and the other browser's goes on", async () => {
    const [here, there] = [await signIn(), await signIn()];
    const session = await readSession(here.cookie.pair);
    await endSession(session!, false);
    expect(await readSession(here.cookie.pair)).toBeNull();
    expect(await readSession(there.cookie.pair)).not.toBeNull();
  });

  it("everywhere: every session, and every token issued before, also one that does not say when", async () => {
    const tokens = [await tokenFor(), await tokenFor({ iat: undefined })];
    const [here, there] = [await signIn(), await signIn()];
    await endSession((await readSession(here.cookie.pair))!, true);
    expect(await readSession(there.cookie.pair)).toBeNull();
    for (const token of tokens) {
      await expect(signInWithToken(token, null)).rejects.toMatchObject({ code: "not_signed_in" });
    }
    const again = await signIn({ iat: secondsFromNow(2), username: "Back" });
    expect(await readSession(again.cookie.pair)).toMatchObject({ username: "Back" });
  });

  it("everywhere: also where one begins at that very moment, with a token from before", async () => {
    await signIn();
    const ending = await pool().connect();
    try {
      await ending.query("BEGIN");
      await ending.query(END_ALL_SESSIONS.text, [userId]);
      const late = database.query(START_SESSION, [newId(), userId, null, new Date(Date.now() - 1_000)]);
      const waits =
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
      while ((await pool().query(waits)).rowCount === 0);
      await ending.query("COMMIT");
      expect(await late).toEqual([]);
    } finally {
      ending.release();
    }
  });

  it("leaves the profile as it was where such a token comes", async () => {
    const { cookie } = await signIn({ iat: secondsFromNow(-20) });
    await endSession((await readSession(cookie.pair))!, true);
    await signIn({ iat: secondsFromNow(-10), username: "Thief" }).catch(() => null);
    expect((await account()).username).toBe("Una");
  });

  it("with the person", async () => {
    const { cookie } = await signIn();
    await erasePerson(userId);
    expect(await readSession(cookie.pair)).toBeNull();
  });

  it("90 days after it began, whatever the cookie says", async () => {
    const { cookie } = await signIn();
    await pool().query("UPDATE sessions SET created_at = now() - interval '91 days' WHERE user_id = $1", [
      userId,
    ]);
    expect(await readSession(cookie.pair)).toBeNull();
  });
});

describe("the porch", () => {
  it("takes the token out of the address before anything is shown", async () => {
    const token = await tokenFor();
    for (const path of ["/penora", "/penora/", "/workspace/ABC123"]) {
      const admission = await visit(`${path}?auth_token=${token}&x=1`);
      expect(admission).toMatchObject({
        kind: "redirect",
        status: 303,
        location: `http://localhost:3000${path}?x=1`,
      });
      expect(await readSession(pairOf(admission.setCookies))).toMatchObject({ userId });
    }
  });

  it("leads from a bad token to the page that says so, and leaves the session that is there", async () => {
    const { cookie } = await signIn();
    const admission = await visit("/penora?auth_token=bad", { cookie: cookie.pair });
    expect(admission).toMatchObject({ location: "http://localhost:3000/sign-in-failed", setCookies: [] });
    expect(await readSession(cookie.pair)).not.toBeNull();
    expect(await visit("/sign-in-failed")).toMatchObject({ kind: "show", status: 401 });
  });

  it("never signs anyone in by bare parameters", async () => {
    await signIn();
    const admission = await visit(`/account?user_id=${userId}&email=una@example.com`);
    expect(admission).toMatchObject({ kind: "redirect", status: 307, setCookies: [] });
  });

  it("sends a guest of a closed page to sign in, without any token in the address to come back to", async () => {
    const admission = await visit("/account?app=penora");
    expect(admission).toMatchObject({ kind: "redirect", status: 307 });
    expect(new URL((admission as { location: string }).location).searchParams.get("redirect")).toBe(
      "http://localhost:3000/account?app=penora",
    );
    const posted = await visit(`/account?auth_token=${await tokenFor()}`, { method: "POST" });
    expect((posted as { location: string }).location).not.toContain("auth_token");
  });

  it.each([
    ["Authorization", async () => ({ authorization: `Bearer ${await tokenFor()}` })],
    ["X-Auth-Token", async () => ({ authToken: await tokenFor() })],
    ["the cookie auth_token", async () => ({ cookie: `a=b; auth_token=${await tokenFor()}` })],
  ])("takes a token from %s, and the page of that request sees the person", async (_name, headers) => {
    const admission = await visit("/account", await headers());
    expect(admission.kind).toBe("show");
    const { cookie } = admission as { cookie: string };
    expect(await readSession(cookie)).toMatchObject({ userId });
    expect(cookie).not.toContain("auth_token");
  });

  it("ignores a bad token beside the address, and clears it where it is a cookie", async () => {
    expect(await visit("/penora", { authorization: "Bearer bad", authToken: "bad" })).toMatchObject({
      kind: "show",
      setCookies: [],
    });
    const admission = await visit("/penora", { cookie: "auth_token=bad" });
    expect(admission.setCookies).toEqual([expect.stringMatching(/^auth_token=; Max-Age=0/)]);
  });

  it("asks no token beside the address where there is a session", async () => {
    const { cookie } = await signIn();
    const stranger = await hubToken({ user_id: `u-${newId()}` });
    const admission = await visit("/account", { cookie: cookie.pair, authorization: `Bearer ${stranger}` });
    expect(admission).toEqual({ kind: "show", status: 200, setCookies: [], cookie: null });
  });
});

describe("the doors", () => {
  const ours = { "Sec-Fetch-Site": "same-origin" };

  it("exchange a token, tell who is there, and sign out", async () => {
    const started = await callDoor(startDoor, {
      path: "/api/session",
      key: null,
      headers: ours,
      body: { auth_token: await tokenFor({ credits: 5 }) },
    });
    expect(started).toMatchObject({ status: 200, json: { success: true, user_id: userId, username: "Una" } });
    const cookie = started.headers.getSetCookie()[0]!.split(";", 1)[0]!;

    const status = await callDoor(statusDoor, { path: "/api/user-status", key: null, headers: { cookie } });
    expect(status.json).toMatchObject({
      authenticated: true,
      credits: 5,
      credits_used: 0,
      original_credits: 5,
    });

    const ended = await callDoor(endDoor, {
      path: "/api/session/end",
      key: null,
      headers: { ...ours, cookie },
      body: {},
    });
    expect(ended.headers.getSetCookie()[0]).toMatch(/^penora_3000=; Max-Age=0/);
    const after = await callDoor(statusDoor, { path: "/api/user-status", key: null, headers: { cookie } });
    expect(after).toMatchObject({
      status: 200,
      json: { authenticated: false, login_url: "https://sukusuku.ai/login" },
    });
  });

  it("refuse a bad token with 401 and the way in", async () => {
    const told = await callDoor(startDoor, {
      path: "/api/session",
      key: null,
      headers: ours,
      body: { auth_token: "x" },
    });
    expect(told).toMatchObject({
      status: 401,
      json: { code: "not_signed_in", login_url: "https://sukusuku.ai/login" },
    });
    expect(told.headers.getSetCookie()).toEqual([]);
  });

  it("do nothing for another site, nor for a page that was made for somebody else", async () => {
    const { cookie } = await signIn();
    const ask = (headers: Record<string, string>) =>
      callDoor(endDoor, {
        path: "/api/session/end",
        key: null,
        body: {},
        headers: { cookie: cookie.pair, ...headers },
      });
    expect((await ask({ Origin: "https://evil.example" })).json.code).toBe("cross_site");
    expect((await ask({ "Sec-Fetch-Site": "same-site" })).json.code).toBe("cross_site");
    expect((await ask({})).json.code).toBe("cross_site");
    expect((await ask({ ...ours, "Content-Type": "text/plain" })).status).toBe(403);
    expect((await ask({ ...ours, "X-Penora-User": "somebody-else" })).json.code).toBe("session_changed");
    expect(await readSession(cookie.pair)).not.toBeNull();
  });
});
