import { beforeEach, describe, expect, it } from "vitest";
import { POST as authDoor } from "@/app/api/cross-app/auth/route";
import { GET as readDoor, POST as syncDoor } from "@/app/api/sync-credits/route";
import { database } from "@/lib/database/client";
import { findUserInfo } from "@/lib/domains/credits/user-info";
import { newId } from "@/lib/foundation/ids";
import { newPerson } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { signedIn } from "@/lib/testing/signed-in";
import { hubToken } from "@/lib/testing/tokens";
import { readSession } from "./read-session";
import { END_ALL_SESSIONS } from "./statements";

let userId: string;
beforeEach(() => void (userId = `u-${newId()}`));

const OURS = { Origin: "http://localhost:3000" };
const auth = (body: object, headers: Record<string, string> = OURS) =>
  callDoor(authDoor, { path: "/api/cross-app/auth", key: null, body, headers });
const sessionOf = (headers: Headers) =>
  readSession(headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0])[0] ?? null);

describe("signing in across apps", () => {
  it("makes a session of a verified token, and says whose in the older shape", async () => {
    const told = await auth({
      jwt_token: await hubToken({ user_id: userId, credits: 9 }),
      user_id: userId,
      username: null,
      email: null,
    });
    const person = { user_id: userId, username: "Una", email: "una@example.com" };
    expect([told.status, told.json]).toEqual([
      200,
      {
        success: true,
        user: { ...person, credits: 9, low_balance: false },
        ...person,
        message: "Signed in as Una.",
      },
    ]);
    expect(await sessionOf(told.headers)).toMatchObject({ userId });
  });

  it("believes the token alone: what else the body says of the person is no part of them", async () => {
    const token = await hubToken({ user_id: userId });
    const told = await auth({ jwt_token: token, username: "Mallory", email: "m@evil.example", credits: 1e9 });
    expect(told.json.user).toMatchObject({ username: "Una", email: "una@example.com", credits: 60 });
    const other = await auth({ jwt_token: token, user_id: "somebody-else" });
    expect([other.status, other.json.code, other.json.details.field]).toEqual([
      400,
      "invalid_request",
      "user_id",
    ]);
    expect(other.headers.get("set-cookie")).toBeNull();
  });

  it("ends the session that was there, whoever's it was", async () => {
    const before = await signedIn(await newPerson(5));
    const { "X-Penora-User": _page, ...server } = before;
    const told = await auth({ jwt_token: await hubToken({ user_id: userId }) }, server);
    expect(told.status).toBe(200);
    expect(await readSession(before.Cookie ?? null)).toBeNull();
    expect(await sessionOf(told.headers)).toMatchObject({ userId });
  });

  it("refuses a token that is bad, over, or older than signing out everywhere, and signs nobody in or out", async () => {
    const before = await signedIn(await newPerson(5));
    const { "X-Penora-User": _page, ...headers } = before;
    const good = await hubToken({ user_id: userId });
    expect((await auth({ jwt_token: good })).status).toBe(200);
    await database.query(END_ALL_SESSIONS, [userId]);
    const bad = [
      good,
      "x",
      await hubToken({ user_id: userId }, { key: "y".repeat(40) }),
      await hubToken({ user_id: userId, exp: 1 }),
    ];
    for (const jwt_token of bad) {
      const told = await auth({ jwt_token }, headers);
      expect([told.status, told.json.code]).toEqual([401, "not_signed_in"]);
      expect(told.headers.get("set-cookie")).toBeNull();
    }
    expect(await readSession(before.Cookie ?? null)).not.toBeNull();
    const missing = await auth({ jwt_token: null });
    expect(missing.json.error).toBe("Missing required fields: jwt_token");
  });

  it("lets no other site sign a browser in: login CSRF is refused, a server without a browser is not", async () => {
    const jwt_token = await hubToken({ user_id: userId });
    const sites: Record<string, string>[] = [
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { "Sec-Fetch-Site": "cross-site" },
      { ...OURS, "Content-Type": "text/plain" },
    ];
    for (const headers of sites) {
      const told = await auth({ jwt_token }, headers);
      expect([told.status, told.json.code]).toEqual([403, "cross_site"]);
      expect(told.headers.get("set-cookie")).toBeNull();
    }
    expect(await findUserInfo(userId)).toBeNull();
    expect((await auth({ jwt_token }, {})).status).toBe(200);
  });
});

describe("what older pages ask of the balance", () => {
  it("is answered with the ledger's truth, whatever the page says, and changes nothing", async () => {
    const person = await newPerson(40);
    const headers = await signedIn(person);
    const read = await callDoor(readDoor, { path: "/api/sync-credits", key: null, headers });
    expect(read.json).toEqual({ success: true, credits: 40, low_balance: false, user_id: person });
    const before = await findUserInfo(person);
    const told = await callDoor(syncDoor, {
      path: "/api/sync-credits",
      key: null,
      headers,
      body: { credits: 9_999, credits_used: 3, remaining_credits: "lots" },
    });
    expect(told.json).toMatchObject({
      success: true,
      remaining_credits: 40,
      credits_used: 0,
      total_credits_used: 0,
    });
    expect(await findUserInfo(person)).toEqual(before);
  });
});
