import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { GET as reconcileDoor } from "@/app/api/unified/reconcile/route";
import { GET as usageDoor } from "@/app/api/unified/usage/route";
import { pool } from "@/lib/database/client";
import { newKey, newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { broken } from "@/lib/testing/invariant";
import { deductCredits } from "./deduct-credits";

const usage = (query: Record<string, string>) =>
  callDoor(usageDoor, { path: `/api/unified/usage?${new URLSearchParams(query)}` });
const reconcile = (key?: string) =>
  callDoor(reconcileDoor, { path: "/api/unified/reconcile", ...(key === undefined ? {} : { key }) });

/** Spends and puts the use at this time. */
async function use(user: string, amount: number, app: string, action: string, at: string) {
  const base = { user_id: user, description: "", caller: ROOT_CALLER };
  const { result } = await deductCredits({ ...base, amount, app_name: app, action });
  await pool().query("UPDATE app_usage SET created_at = $2 WHERE transaction_id = $1", [
    result.transaction_id,
    at,
  ]);
}

async function user() {
  const id = await newPerson(1_000);
  await use(id, 1, "imagegene", "draw", "2026-03-01T23:59:59.999Z");
  await use(id, 2, "imagegene", "draw", "2026-03-02T00:00:00Z");
  await use(id, 4, "imagegene", "upscale", "2026-03-02T12:00:00+00:00");
  await use(id, 8, "penora", "draw", "2026-03-08T23:00:00Z");
  await use(id, 16, "penora", "write", "2026-04-01T00:30:00+01:00");
  return id;
}

const brief = (series: { start: string; group: string; credits_used: number; count: number }[]) =>
  series.map((row) => `${row.start.slice(0, 10)} ${row.group} ${row.credits_used} ${row.count}`);

describe("usage", () => {
  it("adds up days of UTC for each app, oldest first, and in all what the ledger says", async () => {
    const told = await usage({ user_id: await user() });
    expect(brief(told.json.series)).toEqual([
      "2026-03-01 imagegene 1 1",
      "2026-03-02 imagegene 6 2",
      "2026-03-08 penora 8 1",
      "2026-03-31 penora 16 1",
    ]);
    expect(told.json.series[0].start).toBe("2026-03-01T00:00:00.000Z");
    expect(told.json.totals).toEqual({ credits_used: 31, count: 5 });
  });

  it("begins weeks on Monday and months on the first, and groups by action", async () => {
    const id = await user();
    const weeks = await usage({ user_id: id, interval: "week", group_by: "action" });
    expect(brief(weeks.json.series)).toEqual([
      "2026-02-23 draw 1 1",
      "2026-03-02 draw 10 2",
      "2026-03-02 upscale 4 1",
      "2026-03-30 write 16 1",
    ]);
    const months = await usage({ user_id: id, interval: "month" });
    expect(brief(months.json.series)).toEqual(["2026-03-01 imagegene 7 3", "2026-03-01 penora 24 2"]);
  });

  it("takes what is from `from` on and before `to`", async () => {
    const id = await user();
    const told = await usage({ user_id: id, from: "2026-03-02", to: "2026-03-08T23:00:00Z" });
    expect(told.json.totals).toEqual({ credits_used: 6, count: 2 });
    const none = await usage({ user_id: id, from: "2027-01-01" });
    expect(none.json).toMatchObject({ series: [], totals: { credits_used: 0, count: 0 } });
  });

  it.each([
    ["interval", { interval: "year" }],
    ["group_by", { group_by: "user" }],
    ["from", { from: "yesterday" }],
  ])("refuses a wrong %s", async (field, change) => {
    const told = await usage({ user_id: "x", ...change });
    expect(told.json).toMatchObject({ code: "invalid_request", details: { field } });
  });

  it("is 404 for a person who is not known", async () => {
    expect((await usage({ user_id: randomUUID() })).json.code).toBe("user_not_found");
  });
});

describe("reconcile", () => {
  it("finds nobody who differs, and answers only who may do all", async () => {
    await user();
    const told = await reconcile();
    expect(told.json).toMatchObject({ consistent: true, users_differing: 0, differences: [] });
    const { rows } = await pool().query<{ n: number }>("SELECT count(*) AS n FROM users");
    expect(told.json.users_checked).toBe(rows[0]?.n);
    const { key } = await newKey(["credits:read"]);
    expect((await reconcile(key)).status).toBe(403);
  });

  it("names each who differs, and in what", async () => {
    const [a, b, c] = [await newPerson(5), await newPerson(5), await newPerson(5)];
    await pool().query("UPDATE users SET credits = 6 WHERE id = $1", [a]);
    await pool().query("UPDATE users SET credits = 3, held_credits = 2 WHERE id = $1", [b]);
    await pool().query("UPDATE users SET storage_used_bytes = 7 WHERE id = $1", [c]);
    const told = await reconcile();
    const found = new Map(
      told.json.differences.map((one: { user_id: string }) => [one.user_id, one] as const),
    );
    expect(told.json).toMatchObject({ consistent: false, users_differing: 3 });
    expect(found.get(a)).toMatchObject({ credits: 6, ledger_total: 5 });
    expect(found.get(b)).toMatchObject({ held_credits: 2, open_holds: 0 });
    expect(found.get(c)).toMatchObject({ storage_used_bytes: 7, project_bytes: 0 });
    expect(await broken()).toHaveLength(3);
  });
});
