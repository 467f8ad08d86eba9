import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { sweepExpiredHolds } from "@/lib/domains/credits/holds";
import { newPerson } from "@/lib/testing/builders";
import { type DoorServer, startDoorServers } from "@/lib/testing/door-servers";
import { TEST_ENVIRONMENT } from "@/lib/testing/environment";
import { broken } from "@/lib/testing/invariant";
import { Penora } from "./penora";

let server: DoorServer;

beforeAll(async () => {
  [server] = (await startDoorServers(1)) as [DoorServer];
});

afterAll(async () => {
  expect(await broken()).toEqual([]);
  await server.stop();
});

/** A client whose wire loses the answer to the first request of a path: the server has done it, nobody hears of it. */
function client(losesAnswerTo?: RegExp, retries = 4): Penora {
  let lost = false;
  const wire: typeof fetch = async (url, init) => {
    const answer = await fetch(url, init);
    if (lost || !losesAnswerTo?.test(url instanceof Request ? url.url : url.toString())) return answer;
    lost = retries > 0;
    throw new TypeError("the connection was lost");
  };
  const apiKey = TEST_ENVIRONMENT.PENORA_API_KEY;
  return new Penora({ baseUrl: server.url, apiKey, app: "imagegene", fetch: wire, retries });
}

async function purse(user: string): Promise<{ credits: number; held_credits: number }> {
  const { rows } = await pool().query<{ credits: number; held_credits: number }>(
    "SELECT credits, held_credits FROM users WHERE id = $1",
    [user],
  );
  return rows[0] as { credits: number; held_credits: number };
}

const project = { project_type: "ai_image", title: "A lake", content: "data:image/png;base64,iVBORw0KGgo=" };

describe("work that a hold pays for", () => {
  it("is charged when it succeeds, and its result is handed on", async () => {
    const user = await newPerson(10);
    const seen = await client().withHold(user, 4, async (hold) => {
      expect(await purse(user)).toEqual({ credits: 6, held_credits: 4 });
      return hold.amount;
    });
    expect(seen).toBe(4);
    expect(await purse(user)).toEqual({ credits: 6, held_credits: 0 });
  });

  it("is charged less where the work says so, down to nothing", async () => {
    const user = await newPerson(10);
    await client().withHold(user, 4, async (hold) => hold.charge(1));
    await client().withHold(user, 4, async (hold) => hold.charge(0));
    expect(await purse(user)).toEqual({ credits: 9, held_credits: 0 });
    await expect(client().withHold(user, 4, async (hold) => hold.charge(5))).rejects.toThrow(RangeError);
    expect(await purse(user)).toEqual({ credits: 9, held_credits: 0 });
  });

  it("costs nothing when it fails, and its own error is what is heard", async () => {
    const user = await newPerson(10);
    const work = client().withHold(user, 4, () => Promise.reject(new Error("the model broke off")));
    await expect(work).rejects.toThrow("the model broke off");
    expect(await purse(user)).toEqual({ credits: 10, held_credits: 0 });
  });

  it("does not begin without the credits for it", async () => {
    const user = await newPerson(3);
    let begun = false;
    const work = client().withHold(user, 4, async () => (begun = true));
    await expect(work).rejects.toMatchObject({ code: "insufficient_credits", answer: { shortfall: 1 } });
    expect(begun).toBe(false);
  });

  it("is paid for in the very transaction that saves it", async () => {
    const user = await newPerson(10);
    const saved = await client().withHold(user, 4, async (hold) => {
      hold.charge(3);
      return hold.saveAndCapture(project);
    });
    expect(saved).toMatchObject({ success: true, credits_deducted: 3, credits_released: 1, new_balance: 7 });
    expect(await purse(user)).toEqual({ credits: 7, held_credits: 0 });
  });

  it("stops being paid for when its caller leaves", async () => {
    const user = await newPerson(10);
    const leave = new AbortController();
    const work = client().withHold(
      user,
      4,
      async (hold) => {
        leave.abort(new Error("gone"));
        expect(hold.signal.aborted).toBe(true);
      },
      { signal: leave.signal },
    );
    await expect(work).rejects.toThrow("gone");
    expect(await purse(user)).toEqual({ credits: 10, held_credits: 0 });
  });
});

describe("where an answer is lost on the way", () => {
  it.each(["holds$", "capture$"])("of %s: it is asked again with its key, and happens once", async (path) => {
    const user = await newPerson(10);
    await client(new RegExp(path)).withHold(user, 4, async () => "done");
    expect(await purse(user)).toEqual({ credits: 6, held_credits: 0 });
  });

  it("of save-and-capture: one project, one charge", async () => {
    const user = await newPerson(10);
    const penora = client(/save-project$/);
    await penora.withHold(user, 4, (hold) => hold.saveAndCapture(project));
    expect(await purse(user)).toEqual({ credits: 6, held_credits: 0 });
    expect(await penora.getUserProjects(user)).toMatchObject({ total_count: 1 });
  });

  it("of every capture: what was charged is told as success", async () => {
    const user = await newPerson(10);
    const done = await client(/capture$/, 0).withHold(user, 4, async () => "done");
    expect(done).toBe("done");
    expect(await purse(user)).toEqual({ credits: 6, held_credits: 0 });
  });
});

describe("the lease of long work", () => {
  it("is renewed for as long as the work takes", async () => {
    const user = await newPerson(10);
    await client().withHold(
      user,
      4,
      async ({ id }) => {
        const end = async () => (await client().call("getHold", { id })).expires_at;
        const [first, now] = [await end(), async () => Date.parse(await end())];
        while ((await now()) <= Date.parse(first)) await new Promise((resolve) => setTimeout(resolve, 50));
        await sweepExpiredHolds();
      },
      { leaseSeconds: 9 },
    );
    expect(await purse(user)).toEqual({ credits: 6, held_credits: 0 });
  });

  it("when it is lost, the work hears of it and nothing is charged", async () => {
    const user = await newPerson(10);
    const work = client().withHold(
      user,
      4,
      async ({ id, signal }) => {
        await pool().query("UPDATE holds SET expires_at = now() WHERE id = $1", [id]);
        await sweepExpiredHolds();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
      { leaseSeconds: 3 },
    );
    await expect(work).rejects.toMatchObject({ code: "hold_expired" });
    expect(await purse(user)).toEqual({ credits: 10, held_credits: 0 });
  });
});
