import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { authenticateKey } from "@/lib/domains/api-keys/authenticate-key";
import { newPerson } from "@/lib/testing/builders";
import { broken } from "@/lib/testing/invariant";

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Runs `npm run <args>` as an operator does, on the database of this test. */
async function operator(...args: string[]): Promise<Ran> {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "lib/server/operator.ts", ...args],
    { env: process.env, stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, out, err };
}

const json = ({ out }: Ran) => JSON.parse(out) as Record<string, unknown>;

it("an operator grants once for a reference, debits, shows and reconciles, and is told what happened", async () => {
  const user = await newPerson(10);
  const grant = [
    "credits",
    "grant",
    "--user",
    user,
    "--amount",
    "5",
    "--reason",
    "An empty picture",
    "--json",
  ];
  const reference = ["--reference", randomUUID()];
  const first = await operator(...grant, ...reference);
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(json(first)).toMatchObject({ success: true, new_balance: 15, repeated: false });
  const again = await operator(...grant, ...reference);
  expect(json(again)).toMatchObject({ new_balance: 15, repeated: true });

  const debit = [
    "credits",
    "debit",
    "--user",
    user,
    "--reason",
    "Given by mistake",
    "--by",
    "Ada",
    "--amount",
  ];
  const taken = await operator(...debit, "4");
  expect(taken).toMatchObject({ code: 0, err: "" });
  expect(taken.out).toContain(`Took 4 credits away as an adjustment. ${user} can spend 11 now.`);
  const tooMuch = await operator(...debit, "12");
  expect(tooMuch).toMatchObject({ code: 1, out: "" });
  expect(tooMuch.err).toContain("User has 11 credits but needs 12");

  const shown = await operator("credits", "show", "--user", user);
  expect(shown.out).toContain("can spend 11, held 0, in all 11");
  expect(shown.out).toMatch(/adjustment +-4 +11 +Given by mistake/);
  const log = await operator("credits", "log", "--user", user, "--json");
  expect(json(log).actions).toMatchObject([
    { who: "Ada", command: "credits debit", result: "insufficient_credits" },
    { who: "Ada", command: "credits debit", result: "done", reason: "Given by mistake" },
    { command: "credits grant", result: "repeated" },
    { command: "credits grant", result: "done" },
  ]);
  expect(await broken()).toEqual([]);
});

it("reconcile ends with 1 where anything differs, and names who", async () => {
  const user = await newPerson(10);
  const agreed = await operator("credits", "reconcile");
  expect(agreed).toMatchObject({ code: 0 });
  expect(agreed.out).toContain("all agree");
  await pool().query("UPDATE users SET credits = credits + 1 WHERE id = $1", [user]);
  const differing = await operator("credits", "reconcile");
  expect(differing.code).toBe(1);
  expect(differing.out).toContain(user);
  await pool().query("UPDATE users SET credits = credits - 1 WHERE id = $1", [user]);
});

it("a key is made, limited, rotated, expired and revoked, and shown once", async () => {
  const app = `app-${randomUUID()}`;
  const made = await operator("keys", "create", "--app", app, "--scopes", "credits:read", "--rate", "20");
  const key = /^pen_\S+$/m.exec(made.out)?.[0] ?? "";
  expect((await authenticateKey(key))?.rateLimit).toEqual({ requests_per_second: 20, burst: 100 });
  const rotated = json(await operator("keys", "rotate", "--app", app, "--json"));
  expect((await authenticateKey(rotated.key as string))?.rateLimit).toMatchObject({ burst: 100 });
  const { keys } = json(await operator("keys", "list", "--app", app, "--json")) as { keys: { id: string }[] };
  expect(keys).toMatchObject([{ state: "valid" }, { id: rotated.id, state: "valid", expires: "never" }]);
  const expired = await operator(
    "keys",
    "expire",
    "--id",
    rotated.id as string,
    "--at",
    "2199-01-01",
    "--json",
  );
  expect(json(expired)).toMatchObject({ expires: "2199-01-01T00:00:00.000Z" });
  await operator("keys", "revoke", "--id", keys[0]?.id ?? "");
  expect(await authenticateKey(key)).toBeNull();
  const listed = [await operator("keys", "list"), await operator("keys", "log", "--app", app)];
  for (const { out, code } of listed) {
    expect(code).toBe(0);
    expect(out).toContain(app);
    expect(out).not.toContain(key);
    expect(out).not.toContain(rotated.key);
  }
});

it("words that are no command end with 2 and touch nothing", async () => {
  expect(await operator("credits", "grant", "--user", "x", "--amount", "5")).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringContaining("--reason is missing") as unknown,
  });
  expect(await operator("coins")).toMatchObject({ code: 2 });
});
