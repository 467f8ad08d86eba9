import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { GET as metricsDoor } from "@/app/api/metrics/route";
import { POST as addDoor } from "@/app/api/unified/add-credits/route";
import { POST as deductDoor } from "@/app/api/unified/deduct-credits/route";
import { POST as saveDoor } from "@/app/api/unified/save-project/route";
import { POST as holdDoor } from "@/app/api/unified/holds/route";
import { answerUnknownDoor } from "@/lib/http/unknown-door";
import { newKey, newPerson } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { TEST_ENVIRONMENT } from "@/lib/testing/environment";

async function scrape(): Promise<Map<string, number>> {
  const headers = { Authorization: `Bearer ${TEST_ENVIRONMENT.PENORA_API_KEY}` };
  const request = new Request("http://localhost:3000/api/metrics", { headers });
  const reply = await metricsDoor(request, { params: Promise.resolve({}) });
  expect(reply.status).toBe(200);
  expect(reply.headers.get("Content-Type")).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(reply.headers.get("Content-Disposition")).toBeNull();
  const lines = (await reply.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

/** By how much these figures rose while `work` ran. */
async function rise(work: () => Promise<unknown>, ...names: string[]): Promise<number[]> {
  const before = await scrape();
  await work();
  const after = await scrape();
  return names.map((name) => (after.get(name) ?? 0) - (before.get(name) ?? 0));
}

const deduct = (body: object, headers: Record<string, string> = {}) =>
  callDoor(deductDoor, { path: "/api/unified/deduct-credits", body, headers });
const ok = 'penora_requests_total{operation="deductCredits",status="200"}';
const used = 'penora_credits_moved_total{type="used",direction="out"}';

describe("the metrics", () => {
  it("are for admins only", async () => {
    const { key } = await newKey(["credits:read", "credits:add"]);
    const told = await callDoor(metricsDoor, { path: "/api/metrics", key });
    expect([told.status, told.json.code]).toEqual([403, "insufficient_scope"]);
  });

  it("count requests, how long they took, refusals and what moved; a repeat moves nothing", async () => {
    const user = await newPerson(10);
    const spend = { user_id: user, amount: 4, app_name: "imagegene" };
    const key = { "Idempotency-Key": randomUUID() };
    const risen = await rise(
      async () => {
        for (let i = 0; i < 2; i++) expect((await deduct(spend, key)).status).toBe(200);
        expect((await deduct({ ...spend, amount: 7 })).status).toBe(402);
      },
      ok,
      'penora_requests_total{operation="deductCredits",status="402"}',
      'penora_request_duration_seconds_count{operation="deductCredits"}',
      'penora_refusals_total{code="insufficient_credits"}',
      used,
    );
    expect(risen).toEqual([2, 1, 3, 1, 4]);
  });

  it("count what a person opened with and what was added, by type and direction", async () => {
    const add = (user_id: string, body: object) =>
      callDoor(addDoor, { path: "/api/unified/add-credits", body: { user_id, ...body } });
    const moved = (type: string, direction: string) =>
      `penora_credits_moved_total{type="${type}",direction="${direction}"}`;
    const risen = await rise(
      async () => {
        const user = await newPerson(10);
        await newPerson(0);
        await add(user, { amount: 3, reference: randomUUID() });
        await add(user, { amount: 5, transaction_type: "adjustment", direction: "debit" });
      },
      moved("initial", "in"),
      moved("purchased", "in"),
      moved("adjustment", "out"),
    );
    expect(risen).toEqual([10, 3, 5]);
  });

  it("do not count a capture that was undone with its save", async () => {
    const user = await newPerson(50);
    const held = await callDoor(holdDoor, {
      path: "/api/unified/holds",
      body: { user_id: user, amount: 9, app_name: "penora" },
    });
    const save = (content: string) =>
      callDoor(saveDoor, {
        path: "/api/unified/save-project",
        body: {
          user_id: user,
          app_source: "penora",
          project_type: "story",
          title: "Paid",
          content,
          hold_id: held.json.hold_id,
          capture_amount: 6,
        },
      });
    const tooLarge = await rise(
      async () => expect((await save("x".repeat(1_200_000))).status).toBe(413),
      used,
    );
    expect(tooLarge).toEqual([0]);
    const before = (await scrape()).get('penora_holds{state="open"}');
    expect(await rise(async () => expect((await save("short")).status).toBe(200), used)).toEqual([6]);
    expect((await scrape()).get('penora_holds{state="open"}')).toBe((before ?? 0) - 1);
  });

  it("tell of the pool, of shared statements, of texts, of the event loop and of the process", async () => {
    const figures = [...(await scrape()).keys()];
    for (const name of [
      'penora_database_connections{state="busy"}',
      'penora_database_connections{state="waiting"}',
      'penora_batch_size_count{batch="deduct"}',
      'penora_texts{status="writing"}',
      "nodejs_eventloop_lag_p99_seconds",
      "process_resident_memory_bytes",
    ]) {
      expect(figures).toContain(name);
    }
  });

  it("have no label that grows with people, keys or addresses", async () => {
    const user = await newPerson(3);
    await deduct({ user_id: user, amount: 1, app_name: "app-of-nobody-else" });
    answerUnknownDoor(new Request("http://localhost:3000/api/made-up-address"));
    const figures = [...(await scrape()).keys()].join("\n");
    for (const word of [user, "app-of-nobody-else", "made-up-address", TEST_ENVIRONMENT.PENORA_API_KEY])
      expect(figures).not.toContain(word);
    expect(figures).toContain('penora_requests_total{operation="none",status="404"}');
  });
});
