import { describe, expect, it } from "vitest";
import { GET as myDoor } from "@/app/api/me/transactions/route";
import { GET as door } from "@/app/api/unified/transactions/route";
import { pool } from "@/lib/database/client";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { TEST_ENVIRONMENT } from "@/lib/testing/environment";
import { signedIn } from "@/lib/testing/signed-in";
import { deductCredits } from "./deduct-credits";
import { eachTransaction } from "./list-transactions";
import { readTransactions } from "./transactions-file";

const HEADER =
  "id,created_at,app_name,transaction_type,amount,balance_after,description,project_code,metadata\r\n";
const CSV = { Accept: "text/csv" };

const ask = (path: string, headers: Record<string, string>, of = door) =>
  of(new Request(`http://localhost:3000${path}`, { headers }), { params: Promise.resolve({}) });
const askAsApp = (query: string, headers: Record<string, string> = CSV) =>
  ask(`/api/unified/transactions?${query}`, { "X-API-Key": TEST_ENVIRONMENT.PENORA_API_KEY, ...headers });
const spend = (user_id: string, app_name: string, description: string, project_code: string | null = null) =>
  deductCredits({
    user_id,
    amount: 1,
    app_name,
    description,
    project_code,
    action: "deduct",
    metadata: { size: "1,2" },
    caller: ROOT_CALLER,
  });
const addRows = (userId: string, many: number) =>
  pool().query(
    `INSERT INTO credit_transactions
       (user_id, app_name, amount, transaction_type, balance_after, credits_after, user_version, description)
     SELECT $1, 'penora', -1, 'used', 1, 1, 1, 'Line ' || n FROM generate_series(1, $2) AS n`,
    [userId, many],
  );

describe("the statement as CSV", () => {
  it("is what Accept asks for: every column, newest first, numbers as numbers, formulas as text", async () => {
    const user = await newPerson(9);
    await spend(user, "imagegene", '=HYPERLINK("http://evil.example")', "-1+2");
    const reply = await askAsApp(`user_id=${user}`);
    expect(reply.status).toBe(200);
    expect(reply.headers.get("Content-Type")).toBe("text/csv; charset=utf-8; header=present");
    expect(reply.headers.get("Content-Disposition")).toMatch(
      /^attachment; filename="penora-statement-\d{4}-\d\d-\d\d\.csv"/,
    );
    expect(reply.headers.get("Vary")).toContain("Accept");
    const text = await reply.text();
    expect(text.startsWith(HEADER)).toBe(true);
    const [first, second, end] = text.slice(HEADER.length).split("\r\n");
    expect(first).toMatch(
      /^\d+,\d{4}-\d\d-\d\dT[\d:.]+Z,imagegene,used,-1,8,"'=HYPERLINK\(""http:\/\/evil\.example""\)",'-1\+2,"\{""size"":""1,2""\}"$/,
    );
    expect(second).toContain(",initial,9,9,Opening balance,,");
    expect(end).toBe("");
  });

  it("is JSON for whoever says nothing, and a refusal is always JSON", async () => {
    const user = await newPerson(9);
    for (const Accept of ["", "*/*", "application/json, text/csv;q=0.5"]) {
      const reply = await askAsApp(`user_id=${user}`, { Accept });
      expect(((await reply.json()) as { total_count: number }).total_count).toBe(1);
      expect(reply.headers.get("Vary")).toContain("Accept");
    }
    const nobody = await askAsApp("user_id=nobody-at-all");
    expect([nobody.status, ((await nobody.json()) as { code: string }).code]).toEqual([
      404,
      "user_not_found",
    ]);
    expect((await askAsApp(`user_id=${user}&type=nonsense`)).status).toBe(400);
  });

  it("holds what the filters let through, whatever limit and cursor say", async () => {
    const user = await newPerson(9);
    for (const app of ["imagegene", "penora", "imagegene"]) await spend(user, app, `By ${app}`);
    const reply = await askAsApp(`user_id=${user}&app=imagegene&limit=1`);
    expect(reply.headers.get("Content-Disposition")).toContain("penora-statement-imagegene-");
    expect((await reply.text()).match(/By imagegene/g)).toHaveLength(2);
    expect(await (await askAsApp(`user_id=${user}&type=refund`)).text()).toBe(HEADER);
  });

  it("is a person's own by a plain link, made for spreadsheets", async () => {
    const user = await newPerson(9);
    const { "X-Penora-User": _page, ...session } = await signedIn(user);
    const reply = await ask("/api/me/transactions?format=csv&app=system", session, myDoor);
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await reply.arrayBuffer());
    expect(text.startsWith(`\uFEFF${HEADER}`)).toBe(true);
    expect(text).toMatch(/\r\n\d+,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,system,initial,9,9,/);
    const json = await ask("/api/me/transactions?limit=5", session, myDoor);
    expect(((await json.json()) as { total_count: number }).total_count).toBe(1);
    expect((await ask("/api/me/transactions?format=csv", {}, myDoor)).status).toBe(401);
  });
});

describe("a ledger of 100,000 rows", () => {
  it("comes whole, each row once, in parts that are made only when they are taken", async () => {
    const user = await newPerson(9);
    await addRows(user, 100_000);
    const reply = await askAsApp(`user_id=${user}`);
    const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
    let longest = 0;
    let rest = "";
    const ids = new Set<string>();
    let lines = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      longest = Math.max(longest, part.value.length);
      const cut = (rest + part.value).split("\r\n");
      rest = cut.pop() ?? "";
      for (const line of cut) ids.add(line.slice(0, line.indexOf(",")));
      lines += cut.length;
    }
    expect([lines, ids.size, rest]).toEqual([100_002, 100_002, ""]);
    expect(longest).toBeLessThan(200_000);
  });

  it("is read no further than the client takes it, and not at all once it has gone", async () => {
    const user = await newPerson(9);
    await addRows(user, 5_000);
    const parts = eachTransaction({ user_id: user }, 1_000);
    expect((await parts.next()).value).toHaveLength(1_000);
    const file = await readTransactions({ user_id: user, limit: 50, format: "csv" });
    if (!("filename" in file)) throw new Error("no file was made");
    const iterator = file.content[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    await iterator.return?.();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    const reply = await askAsApp(`user_id=${user}`);
    const reader = reply.body!.getReader();
    await reader.read();
    await reader.cancel();
    expect((await reader.read()).done).toBe(true);
  });

  it("is not changed by what is written while it is read", async () => {
    const user = await newPerson(9);
    await addRows(user, 2_500);
    const seen: string[] = [];
    for await (const items of eachTransaction({ user_id: user }, 1_000)) {
      seen.push(...items.map(({ id }) => id));
      await spend(user, "penora", "Meanwhile");
    }
    expect([seen.length, new Set(seen).size]).toEqual([2_501, 2_501]);
  });
});
