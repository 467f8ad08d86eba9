import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POST as createUser } from "@/app/api/unified/create-user/route";
import { POST as deductCredits } from "@/app/api/unified/deduct-credits/route";
import { pool } from "@/lib/database/client";
import { upsertFromToken } from "@/lib/domains/accounts/upsert-from-token";
import { newKey } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { TEST_ENVIRONMENT } from "@/lib/testing/environment";
import { broken } from "@/lib/testing/invariant";

const create = (body: object, key: string = TEST_ENVIRONMENT.PENORA_API_KEY) =>
  callDoor(createUser, { path: "/api/unified/create-user", body, key });

const someone = (more: object = {}) => ({
  user_id: `u-${randomUUID()}`,
  username: "Ada",
  email: "ada@example.com",
  ...more,
});

const ledgerOf = async (user: string) =>
  (
    await pool().query(
      "SELECT app_name, transaction_type, amount, balance_after FROM credit_transactions WHERE user_id = $1 ORDER BY id",
      [user],
    )
  ).rows;

describe("a new person", () => {
  it("is welcomed with 60 credits in two rows of the ledger", async () => {
    const body = someone();
    const told = await create(body);
    expect(told.json).toMatchObject({
      success: true,
      created: true,
      user: {
        ...body,
        credits: 60,
        held_credits: 0,
        user_version: 1,
        subscription_status: "free",
        profile_image: null,
        bio: null,
        website: null,
        storage_used_mb: 0,
        storage_limit_mb: 1,
        storage_available_mb: 1,
      },
    });
    expect(await ledgerOf(body.user_id)).toEqual([
      { app_name: "penora", transaction_type: "initial", amount: 50, balance_after: 50 },
      { app_name: "penora", transaction_type: "bonus", amount: 10, balance_after: 60 },
    ]);
  });

  it.each([0, 1, 1_000_000])(
    "opens with the %i credits that were named, and no welcome beside them",
    async (credits) => {
      const body = someone({ initial_credits: credits });
      expect((await create(body)).json.user.credits).toBe(credits);
      expect(await ledgerOf(body.user_id)).toEqual(
        credits === 0
          ? []
          : [{ app_name: "system", transaction_type: "initial", amount: credits, balance_after: credits }],
      );
    },
  );

  it("is welcomed where initial_credits is null", async () => {
    expect((await create(someone({ initial_credits: null }))).json.user.credits).toBe(60);
  });

  it.each<[string, object]>([
    ["initial_credits", { initial_credits: -1 }],
    ["initial_credits", { initial_credits: 1_000_001 }],
    ["initial_credits", { initial_credits: 0.5 }],
    ["initial_credits", { initial_credits: "60" }],
    ["email", { email: "x".repeat(321) }],
    ["username", { username: "a\0b" }],
    ["website", { website: 7 }],
    ["subscription_status", { subscription_status: "x".repeat(65) }],
  ])("with a wrong %s is not made: %j", async (field, change) => {
    const body = someone(change);
    const told = await create(body);
    expect(told.json).toMatchObject({ code: "invalid_request", details: { field } });
    const { rows } = await pool().query("SELECT 1 FROM users WHERE id = $1", [body.user_id]);
    expect(rows).toEqual([]);
  });

  it("is not made without the fields that it needs, named in their order", async () => {
    expect((await create({})).json.error).toBe("Missing required fields: user_id, username, email");
  });
});

describe("a person who is known", () => {
  it("can be made again: nothing is made, and the balance stays", async () => {
    const body = someone();
    await create(body);
    await callDoor(deductCredits, {
      path: "/api/unified/deduct-credits",
      body: { user_id: body.user_id, amount: 25, app_name: "imagegene" },
    });
    for (const more of [{}, { initial_credits: 500 }, { initial_credits: 0 }]) {
      const told = await create({ ...body, ...more });
      expect(told.json).toMatchObject({ created: false, user: { credits: 35 } });
    }
    expect(await ledgerOf(body.user_id)).toHaveLength(3);
  });

  it("gets what is empty filled, and keeps what is there", async () => {
    const body = someone({ bio: "Writes." });
    await create(body);
    await pool().query("UPDATE users SET website = '' WHERE id = $1", [body.user_id]);
    const told = await create({
      ...body,
      username: "Other",
      email: "other@example.com",
      bio: "Other.",
      website: "https://ada.example",
      profile_image: "https://ada.example/a.png",
      subscription_status: "premium",
    });
    expect(told.json.user).toMatchObject({
      username: "Ada",
      email: "ada@example.com",
      bio: "Writes.",
      website: "https://ada.example",
      profile_image: "https://ada.example/a.png",
      subscription_status: "free",
    });
  });

  it("keeps what the hub said, balance included", async () => {
    const id = `u-${randomUUID()}`;
    await upsertFromToken({
      userId: id,
      email: "hub@example.com",
      username: "From the hub",
      profileImage: null,
      bio: null,
      website: null,
      subscriptionStatus: "premium",
      openingCredits: 7,
      issuedAt: new Date(),
    });
    const told = await create({
      ...someone(),
      user_id: id,
      initial_credits: 999,
      subscription_status: "free",
    });
    expect(told.json).toMatchObject({
      created: false,
      user: {
        username: "From the hub",
        email: "hub@example.com",
        subscription_status: "premium",
        credits: 7,
      },
    });
  });
});

describe("the right", () => {
  it("to name initial_credits is credits:add, beside users:write; also 0 is one", async () => {
    const { key: weak } = await newKey(["users:write"]);
    for (const initial_credits of [0, 5]) {
      const told = await create(someone({ initial_credits }), weak);
      expect([told.status, told.json.code]).toEqual([403, "insufficient_scope"]);
      expect(told.json.error).toContain("credits:add");
    }
    const { key: strong, app } = await newKey(["users:write", "credits:add"]);
    const body = someone({ initial_credits: 5 });
    expect((await create(body, strong)).json.user.credits).toBe(5);
    expect(await ledgerOf(body.user_id)).toMatchObject([{ app_name: app, amount: 5 }]);
  });

  it("to welcome is users:write alone", async () => {
    const { key } = await newKey(["users:write"]);
    expect((await create(someone(), key)).json.user.credits).toBe(60);
  });

  it("to name a subscription is the root key's, not even an admin key's", async () => {
    expect((await create(someone({ subscription_status: "premium" }))).json.user.subscription_status).toBe(
      "premium",
    );
    const { key } = await newKey(["admin"]);
    const told = await create(someone({ subscription_status: "premium" }), key);
    expect([told.status, told.json.code]).toEqual([403, "insufficient_scope"]);
  });

  it("leaves every ledger equal to its balance", async () => {
    expect(await broken()).toEqual([]);
  });
});
