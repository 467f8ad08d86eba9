import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POST as addCreditsLegacy } from "@/app/api/add-credits/route";
import { POST as addCredits } from "@/app/api/unified/add-credits/route";
import { POST as createUser } from "@/app/api/unified/create-user/route";
import { POST as deductCredits } from "@/app/api/unified/deduct-credits/route";
import { POST as giveBonus } from "@/app/api/unified/give-bonus-credits/route";
import { OPERATIONS } from "@/lib/contract/operations";
import { pool } from "@/lib/database/client";
import { newKey, newPerson } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { TEST_ENVIRONMENT } from "@/lib/testing/environment";

const ROOT = TEST_ENVIRONMENT.PENORA_API_KEY;
const deduct = (body: object | string, headers: Record<string, string> = {}, key: string | null = ROOT) =>
  callDoor(deductCredits, { path: "/api/unified/deduct-credits", body, headers, key });
const withKey = (key: string) => ({ "Idempotency-Key": key });
const recordsOf = async (key: string) =>
  (
    await pool().query<{ scope: string }>(
      "SELECT scope FROM idempotency_keys WHERE key = $1 ORDER BY scope",
      [key],
    )
  ).rows;

describe("an idempotency key", () => {
  it("is the same in the header and in the body", async () => {
    const user = await newPerson(9);
    const key = randomUUID();
    const body = { user_id: user, amount: 2, app_name: "imagegene" };
    const first = await deduct(body, withKey(key));
    const again = await deduct({ ...body, idempotency_key: key });
    expect(again.json).toEqual(first.json);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
  });

  it.each([1, 255])("may have %i characters", async (length) => {
    const user = await newPerson(9);
    const key = randomUUID().padEnd(length, "x").slice(0, length);
    const told = await deduct({ user_id: user, amount: 1, app_name: "imagegene" }, withKey(key));
    expect(told.status).toBe(200);
  });

  it.each<[string, unknown]>([
    ["empty", ""],
    ["longer than 255 characters", "x".repeat(256)],
    ["a number", 7],
    ["a list", ["x"]],
    ["NUL", "a\0b"],
    ["half a surrogate pair", "\udc00"],
  ])("is refused where it is %s, and nothing is spent", async (_what, key) => {
    const user = await newPerson(9);
    const told = await deduct({ user_id: user, amount: 1, app_name: "imagegene", idempotency_key: key });
    expect(told.json).toMatchObject({ code: "invalid_request", details: { field: "idempotency_key" } });
    const { rows } = await pool().query("SELECT credits FROM users WHERE id = $1", [user]);
    expect(rows).toEqual([{ credits: 9 }]);
  });

  it("does not see the order of fields, unknown fields, defaults that are written out, nor the place of the API key", async () => {
    const user = await newPerson(9);
    const key = randomUUID();
    const first = await deduct(
      `{"user_id":"${user}","amount":2,"app_name":"imagegene","metadata":{"a":1,"b":{"c":2,"d":3}}}`,
      withKey(key),
    );
    const again = await deduct(
      `{"metadata":{"b":{"d":3,"c":2},"a":1},"app_name":"IMAGEGENE","description":"Credit usage","action":"deduct",` +
        `"project_code":null,"new_field":true,"api_key":"${ROOT}","amount":2.0,"user_id":"${user}"}`,
      withKey(key),
      null,
    );
    expect(again.json).toEqual(first.json);
  });

  it.each<[string, object]>([
    ["another amount", { amount: 3 }],
    ["another description", { description: "other" }],
    ["other metadata", { metadata: { a: [2, 1] } }],
  ])("is refused with 422 for %s", async (_what, change) => {
    const user = await newPerson(9);
    const key = randomUUID();
    const body = { user_id: user, amount: 2, app_name: "imagegene", metadata: { a: [1, 2] } };
    await deduct(body, withKey(key));
    const other = await deduct({ ...body, ...change }, withKey(key));
    expect([other.status, other.json.code]).toEqual([422, "idempotency_key_reused"]);
  });

  it("is refused for the same input on another path", async () => {
    const user = await newPerson(9);
    const key = withKey(randomUUID());
    const body = { user_id: user, amount: 2 };
    await callDoor(addCredits, { path: "/api/unified/add-credits", body, headers: key });
    const other = await callDoor(addCreditsLegacy, { path: "/api/add-credits", body, headers: key });
    expect(other.json.code).toBe("idempotency_key_reused");
  });

  it("belongs to the app: two apps that use one key do not meet", async () => {
    const user = await newPerson(9);
    const key = randomUUID();
    const [a, b] = [await newKey(["credits:deduct"]), await newKey(["credits:deduct"])];
    const body = { user_id: user, amount: 2 };
    const told = [await deduct(body, withKey(key), a.key), await deduct(body, withKey(key), b.key)];
    expect(told.map((one) => one.json.new_balance)).toEqual([7, 5]);
    expect(await recordsOf(key)).toHaveLength(2);
  });

  it("belongs to the app, not to the API key: it outlives a rotation", async () => {
    const user = await newPerson(9);
    const key = randomUUID();
    const old = await newKey(["credits:deduct"]);
    const next = await newKey(["credits:deduct"], old.app);
    const body = { user_id: user, amount: 2 };
    const first = await deduct(body, withKey(key), old.key);
    expect((await deduct(body, withKey(key), next.key)).json).toEqual(first.json);
  });

  it("stays the own app's where an admin key acts for another app", async () => {
    const user = await newPerson(9);
    const key = randomUUID();
    const own = await newKey(["credits:deduct"]);
    const admin = await newKey(["admin"]);
    const body = { user_id: user, amount: 2, app_name: own.app };
    await deduct(body, withKey(key), own.key);
    const told = await deduct(body, withKey(key), admin.key);
    expect(told.headers.get("Idempotent-Replayed")).toBeNull();
    expect((await recordsOf(key)).map((row) => row.scope).sort()).toEqual(
      [`app:${own.app}`, `app:${admin.app}`].sort(),
    );
  });

  it("is judged after the right to ask: a repeat with a key that lacks the scope is 403", async () => {
    const user = await newPerson(9);
    const key = randomUUID();
    const mighty = await newKey(["credits:deduct"]);
    const weak = await newKey(["credits:read"], mighty.app);
    const body = { user_id: user, amount: 2 };
    await deduct(body, withKey(key), mighty.key);
    const told = await deduct(body, withKey(key), weak.key);
    expect([told.status, told.json.code]).toEqual([403, "insufficient_scope"]);
  });

  it("is judged after rights that depend on the input", async () => {
    const id = `u-${randomUUID()}`;
    const key = randomUUID();
    const mighty = await newKey(["users:write", "credits:add"]);
    const weak = await newKey(["users:write"], mighty.app);
    const ask = (apiKey: string) =>
      callDoor(createUser, {
        path: "/api/unified/create-user",
        body: { user_id: id, username: "A", email: "a@example.com", initial_credits: 5 },
        headers: withKey(key),
        key: apiKey,
      });
    expect((await ask(mighty.key)).json.created).toBe(true);
    expect((await ask(weak.key)).json.code).toBe("insufficient_scope");
    expect((await ask(mighty.key)).json.created).toBe(true);
  });

  it("records no refusal", async () => {
    const key = randomUUID();
    const user = await newPerson(1);
    await deduct({ user_id: user, amount: 2, app_name: "imagegene" }, withKey(key));
    await deduct({ user_id: randomUUID(), amount: 2, app_name: "imagegene" }, withKey(key));
    await deduct({ user_id: user, amount: 0, app_name: "imagegene" }, withKey(key));
    expect(await recordsOf(key)).toEqual([]);
  });

  it("gives the first timestamp again, however late", async () => {
    const user = await newPerson(9);
    const key = randomUUID();
    const body = { user_id: user, amount: 1, app_name: "imagegene" };
    const first = await deduct(body, withKey(key));
    expect(first.json.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect((await deduct(body, withKey(key))).json.timestamp).toBe(first.json.timestamp);
    await pool().query(
      "UPDATE idempotency_keys SET created_at = created_at - interval '71 hours' WHERE key = $1",
      [key],
    );
    const late = await deduct(body, withKey(key));
    expect(Date.parse(first.json.timestamp as string) - Date.parse(late.json.timestamp as string)).toBe(
      71 * 3_600_000,
    );
  });

  it("gives a campaign's first answer again, and refuses it for another campaign before anything is given", async () => {
    const [user, other] = [await newPerson(0), await newPerson(0)];
    const key = withKey(randomUUID());
    const ask = (body: object) =>
      callDoor(giveBonus, { path: "/api/unified/give-bonus-credits", body, headers: key });
    const campaign = randomUUID();
    const first = await ask({ campaign, user_ids: [user] });
    const again = await ask({ campaign, user_ids: [user] });
    expect(first.json.users_updated).toBe(1);
    expect(again.json).toEqual(first.json);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    const reused = await ask({ campaign: randomUUID(), user_ids: [other] });
    expect(reused.status).toBe(422);
    const { rows } = await pool().query("SELECT credits FROM users WHERE id = $1", [other]);
    expect(rows).toEqual([{ credits: 0 }]);
  });

  it("is served by every operation of a key that changes something", () => {
    const changing = OPERATIONS.filter(({ auth, method }) => auth === "key" && method !== "GET");
    const unrecorded = changing.filter(({ recorded }) => recorded !== true).map(({ id }) => id);
    expect(unrecorded).toEqual(["createBrowserToken"]); // its answer is a secret, and it changes nothing
  });

  it("is never served by an operation whose answer carries a secret", () => {
    expect(OPERATIONS.find(({ id }) => id === "startSession")?.recorded).toBeUndefined();
  });
});
