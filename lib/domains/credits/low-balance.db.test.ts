import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { PATCH as myUserDoor } from "@/app/api/me/user/route";
import { POST as addOlderDoor } from "@/app/api/add-credits/route";
import { POST as addDoor } from "@/app/api/unified/add-credits/route";
import { POST as createDoor } from "@/app/api/unified/create-user/route";
import { POST as deductDoor } from "@/app/api/unified/deduct-credits/route";
import { POST as holdDoor } from "@/app/api/unified/holds/route";
import { POST as captureDoor } from "@/app/api/unified/holds/[id]/capture/route";
import { POST as extendDoor } from "@/app/api/unified/holds/[id]/extend/route";
import { POST as releaseDoor } from "@/app/api/unified/holds/[id]/release/route";
import { POST as refundDoor } from "@/app/api/unified/refund-credits/route";
import { POST as saveDoor } from "@/app/api/unified/save-project/route";
import { GET as infoDoor } from "@/app/api/unified/user-info/route";
import { PATCH as userDoor } from "@/app/api/unified/user/route";
import { GET as statusDoor } from "@/app/api/user-status/route";
import type { Door } from "@/lib/http/route";
import { newKey, newPerson } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { signedIn } from "@/lib/testing/signed-in";

let user: string;
beforeEach(async () => void (user = await newPerson(20)));

const ask = (door: Door, body: object, headers: Record<string, string> = {}) =>
  callDoor(door, {
    path: "/api/unified/anything",
    body: { user_id: user, app_name: "penora", ...body },
    headers,
  });
const at = (door: Door, id: string, body: object = {}) =>
  callDoor(door, { path: `/api/unified/holds/${id}`, body, params: { id } });
const info = async () => (await callDoor(infoDoor, { path: `/api/unified/user-info?user_id=${user}` })).json;
const choose = (body: object, key?: string) =>
  callDoor(userDoor, {
    path: "/api/unified/user",
    method: "PATCH",
    body: { user_id: user, ...body },
    ...(key === undefined ? {} : { key }),
  });

describe("a low balance", () => {
  it("begins at the threshold, not above it and not only below it", async () => {
    expect(await info()).toMatchObject({ credits: 20, low_balance: false, low_balance_threshold: 5 });
    expect((await ask(deductDoor, { amount: 14 })).json).toMatchObject({
      new_balance: 6,
      low_balance: false,
    });
    expect((await ask(deductDoor, { amount: 1 })).json).toMatchObject({ new_balance: 5, low_balance: true });
    expect(await info()).toMatchObject({ credits: 5, low_balance: true });
    expect((await ask(deductDoor, { amount: 5 })).json).toMatchObject({ new_balance: 0, low_balance: true });
  });

  it("is said in every answer that moves credits, of the moment after it", async () => {
    const low = async (
      told: Promise<{ status: number; json: Record<string, unknown> }>,
      expected: boolean,
    ) => {
      const { status, json } = await told;
      expect([status, json.low_balance], JSON.stringify(json)).toEqual([200, expected]);
      return json;
    };
    const spent = await low(ask(deductDoor, { amount: 16 }), true);
    await low(ask(addDoor, { amount: 1 }), true);
    await low(ask(addOlderDoor, { amount: 1 }), false);
    await low(ask(addDoor, { amount: 1, transaction_type: "adjustment", direction: "debit" }), true);
    await low(ask(refundDoor, { transaction_id: spent.transaction_id, amount: 10 }), false);
    const first = await low(ask(holdDoor, { amount: 10 }), true);
    await low(at(extendDoor, first.hold_id as string), true);
    await low(at(captureDoor, first.hold_id as string, { amount: 4 }), false);
    const second = await low(ask(holdDoor, { amount: 10 }), true);
    await low(at(releaseDoor, second.hold_id as string), false);
    const third = await low(ask(holdDoor, { amount: 10 }), true);
    const project = { app_source: "penora", project_type: "story", title: "T", content: "Words." };
    await low(ask(saveDoor, { ...project, hold_id: third.hold_id }), true);
    const refused = await ask(deductDoor, { amount: 100 });
    expect([refused.status, refused.json.low_balance]).toEqual([402, true]);
  });

  it("is judged for each of many requests in one statement by its own balance", async () => {
    const told = await Promise.all(Array.from({ length: 20 }, () => ask(deductDoor, { amount: 1 })));
    for (const { json } of told) expect(json.low_balance).toBe(Number(json.new_balance) <= 5);
    expect(told.filter(({ json }) => json.low_balance === true)).toHaveLength(6);
  });

  it("stays in an answer that is repeated as it was then", async () => {
    const key = { "Idempotency-Key": randomUUID() };
    const first = await ask(deductDoor, { amount: 16 }, key);
    await ask(addDoor, { amount: 100 });
    expect((await ask(deductDoor, { amount: 16 }, key)).json).toEqual(first.json);
    expect(first.json.low_balance).toBe(true);
  });

  it("is known of a new person, and of whoever is signed in", async () => {
    const made = await ask(createDoor, {
      user_id: randomUUID(),
      username: "New",
      email: "new@example.com",
      initial_credits: 3,
    });
    expect(made.json.user).toMatchObject({ low_balance: true, low_balance_threshold: 5 });
    const told = await callDoor(statusDoor, {
      path: "/api/user-status",
      key: null,
      headers: await signedIn(user),
    });
    expect(told.json).toMatchObject({ low_balance: false, low_balance_threshold: 5 });
  });
});

describe("the threshold", () => {
  it("is the person's own: chosen by an app that may write users, or on their own page", async () => {
    const { key } = await newKey(["users:write"]);
    expect((await choose({ low_balance_threshold: 20 }, key)).json).toMatchObject({
      user_id: user,
      credits: 20,
      low_balance: true,
      low_balance_threshold: 20,
      user_version: 2,
    });
    const mine = await callDoor(myUserDoor, {
      path: "/api/me/user",
      method: "PATCH",
      key: null,
      body: { low_balance_threshold: 0, user_id: "somebody-else" },
      headers: await signedIn(user),
    });
    expect(mine.json).toMatchObject({ user_id: user, low_balance: false, low_balance_threshold: 0 });
    expect((await ask(deductDoor, { amount: 19 })).json.low_balance).toBe(false);
    expect((await ask(deductDoor, { amount: 1 })).json.low_balance).toBe(true);
    const other = await newKey(["credits:read", "credits:deduct"]);
    expect((await choose({ low_balance_threshold: 7 }, other.key)).json.code).toBe("insufficient_scope");
  });

  it("changes what user-info shows, and so its version; the same again does not", async () => {
    expect((await choose({ low_balance_threshold: 9 })).json.user_version).toBe(2);
    expect((await choose({ low_balance_threshold: 9 })).json.user_version).toBe(2);
    expect((await info()).user_version).toBe(2);
  });

  it.each([-1, 1.5, 1_000_001, "5"])("is no %s", async (low_balance_threshold) => {
    expect((await choose({ low_balance_threshold })).status).toBe(400);
    expect((await info()).low_balance_threshold).toBe(5);
  });

  it("is nobody's where there is nobody", async () => {
    user = randomUUID();
    expect((await choose({ low_balance_threshold: 9 })).json.code).toBe("user_not_found");
  });
});
