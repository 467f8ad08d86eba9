import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { listActions } from "@/lib/database/operator-log";
import { newKey } from "@/lib/testing/builders";
import { authenticateKey, hashKey } from "./authenticate-key";
import { createKey, expireKey, limitKey, listKeys, revokeKey, rotateKey } from "./manage-keys";

const rowOf = async (id: string) =>
  (await pool().query("SELECT * FROM api_keys WHERE id = $1", [id])).rows[0] as object;

describe("a new key", () => {
  it("is named after its app, and only its SHA-256 is kept", async () => {
    const made = await newKey(["credits:read"], "ImageGene-1");
    expect(made.key).toMatch(/^pen_imagegene-1_[\w-]{43}$/);
    const row = await rowOf(made.id);
    expect(row).toMatchObject({
      app_name: "imagegene-1",
      key_hash: hashKey(made.key),
      scopes: ["credits:read"],
    });
    expect(JSON.stringify(row)).not.toContain(made.key);
    expect(JSON.stringify(await listKeys())).not.toContain(made.key);
  });

  it.each<[string, Parameters<typeof createKey>[0]]>([
    ["of an app without a name", { app: "", scopes: ["credits:read"], expiresAt: null }],
    ["of an app with a wrong name", { app: "image gene", scopes: ["credits:read"], expiresAt: null }],
    ["of Penora itself", { app: "Penora", scopes: ["credits:read"], expiresAt: null }],
    ["of the system", { app: "system", scopes: ["admin"], expiresAt: null }],
    ["without scopes", { app: "a", scopes: [], expiresAt: null }],
    ["with an unknown scope", { app: "a", scopes: ["credits:read", "all"], expiresAt: null }],
    ["that has expired already", { app: "a", scopes: ["admin"], expiresAt: new Date(Date.now() - 1) }],
    ["with an expiry that is no time", { app: "a", scopes: ["admin"], expiresAt: new Date("soon") }],
  ])("%s is refused", async (_what, wanted) => {
    await expect(createKey(wanted)).rejects.toMatchObject({ code: "invalid_request" });
  });
});

describe("an app", () => {
  it("has at most two valid keys, also where many are asked for at once", async () => {
    const app = `app-${randomUUID()}`;
    const settled = await Promise.allSettled(Array.from({ length: 8 }, () => newKey(["credits:read"], app)));
    expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(2);
    await expect(newKey(["credits:read"], app)).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("gets room for another where one is revoked or has expired", async () => {
    const first = await newKey(["credits:read"]);
    const second = await newKey(["credits:read"], first.app);
    await revokeKey(first.id);
    await newKey(["credits:read"], first.app);
    await pool().query("UPDATE api_keys SET expires_at = now() WHERE id = $1", [second.id]);
    await newKey(["credits:read"], first.app);
  });
});

describe("a rotation", () => {
  it("makes a key with the same scopes; both are valid until the grace is over", async () => {
    const old = await newKey(["credits:read", "credits:deduct"]);
    const next = await rotateKey(old.app, 60);
    expect(next.scopes).toEqual(old.scopes);
    expect((await authenticateKey(old.key))?.app).toBe(old.app);
    expect((await authenticateKey(next.key))?.app).toBe(old.app);
    await expect(rotateKey(old.app, 60)).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("without grace ends the older key at once", async () => {
    const old = await newKey(["credits:read"]);
    const next = await rotateKey(old.app, 0);
    expect(await authenticateKey(old.key)).toBeNull();
    expect(await authenticateKey(next.key)).not.toBeNull();
  });

  it("never makes the older key live longer than it would have", async () => {
    const soon = new Date(Date.now() + 60_000);
    const old = await newKey(["credits:read"], undefined, soon);
    await rotateKey(old.app, 3600);
    expect(await rowOf(old.id)).toMatchObject({ expires_at: soon });
  });

  it("leaves two valid keys and never three, though many rotate at once", async () => {
    const old = await newKey(["credits:read"]);
    const settled = await Promise.allSettled(Array.from({ length: 8 }, () => rotateKey(old.app, 60)));
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await listKeys(old.app)).filter(({ expires_at }) => expires_at === null)).toHaveLength(1);
    expect(await listKeys(old.app)).toHaveLength(2);
  });

  it("gives the next key the limit of the older one", async () => {
    const old = await newKey(["credits:read"]);
    await limitKey(old.id, { requests_per_second: 7, burst: 70 });
    const next = await rotateKey(old.app, 60);
    expect(await rowOf(next.id)).toMatchObject({ rate_per_second: 7, rate_burst: 70 });
  });

  it("needs a key that is valid", async () => {
    await expect(rotateKey(`app-${randomUUID()}`, 60)).rejects.toMatchObject({ code: "invalid_request" });
  });
});

describe("a revocation", () => {
  it("counts once, and says so where there is nothing to revoke", async () => {
    const made = await newKey(["credits:read"]);
    await revokeKey(made.id);
    await expect(revokeKey(made.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeKey("key_nobody")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("an expiry", () => {
  it("ends a key when it says, sooner or later than before, or never", async () => {
    const made = await newKey(["credits:read"], undefined, new Date(Date.now() + 3_600_000));
    const later = new Date(Date.now() + 7_200_000);
    expect(await expireKey(made.id, later)).toMatchObject({ expires_at: later });
    expect(await expireKey(made.id, null)).toMatchObject({ expires_at: null });
    expect((await authenticateKey(made.key))?.expiresAt).toBeNull();
  });

  it("never brings a key back that has ended, and does not lie in the past", async () => {
    const made = await newKey(["credits:read"]);
    await expect(expireKey(made.id, new Date(Date.now() - 1))).rejects.toMatchObject({
      code: "invalid_request",
    });
    await pool().query("UPDATE api_keys SET expires_at = now() WHERE id = $1", [made.id]);
    await expect(expireKey(made.id, null)).rejects.toMatchObject({ code: "not_found" });
    expect(await authenticateKey(made.key)).toBeNull();
  });
});

describe("a limit", () => {
  it("is the key's own, or none, and what me tells", async () => {
    const made = await newKey(["credits:read"]);
    const limit = { requests_per_second: 20, burst: 100 };
    await limitKey(made.id, limit);
    expect((await authenticateKey(made.key))?.rateLimit).toEqual(limit);
    await limitKey(made.id, null);
    expect((await authenticateKey(made.key))?.rateLimit).toBeNull();
    await expect(limitKey("key_nobody", limit)).rejects.toMatchObject({ code: "not_found" });
  });

  it.each([
    [0, 10],
    [1.5, 10],
    [10, 5],
    [1, 1_000_001],
    [Number.NaN, 10],
  ])("of %d a second and %d at once is refused", async (perSecond, burst) => {
    const made = await newKey(["credits:read"]);
    await expect(limitKey(made.id, { requests_per_second: perSecond, burst })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });
});

describe("what is done to keys", () => {
  it("is written down with who and why, and no key with it", async () => {
    const ada = { who: "Ada", reason: "the contract of May" };
    const wanted = { app: `app-${randomUUID()}`, scopes: ["credits:read"], expiresAt: null };
    const made = await createKey(wanted, ada);
    await limitKey(made.id, null, ada);
    const next = await rotateKey(made.app, 60, ada);
    await expireKey(next.id, new Date(Date.now() + 60_000), ada);
    await revokeKey(made.id, ada);
    const told = await listActions({ subject: made.app, kind: "keys", limit: 9 });
    expect(told.map(({ command }) => command.slice(5)).reverse()).toEqual([
      "create",
      "limit",
      "rotate",
      "expire",
      "revoke",
    ]);
    expect(
      told.every(({ who, reason, result }) => who === "Ada" && reason === ada.reason && result === "done"),
    ).toBe(true);
    for (const secret of [made.key, next.key, hashKey(made.key), hashKey(next.key)])
      expect(JSON.stringify(told)).not.toContain(secret);
  });

  it("does not happen where it can't be written down", async () => {
    const made = await newKey(["credits:read"]);
    await expect(revokeKey(made.id, { who: "", reason: "" })).rejects.toThrow(/say_who/);
    expect(await authenticateKey(made.key)).not.toBeNull();
  });
});

describe("many keys at once", () => {
  it("are told apart though they are asked for in one statement", async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => newKey(["credits:read"])));
    const asked = made.flatMap(({ key }) => [key, `${key}x`]);
    const owners = await Promise.all(asked.map((key) => authenticateKey(key)));
    expect(owners.map((owner) => owner?.app ?? null)).toEqual(made.flatMap(({ app }) => [app, null]));
  });
});
