import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GET as eventsDoor } from "@/app/api/me/generations/[id]/events/route";
import { GENERATION_EVENTS, type GenerationEventKind } from "@/lib/contract/studio";
import { pool } from "@/lib/database/client";
import { newPerson } from "@/lib/testing/builders";
import { fakeText } from "@/lib/testing/fake-models";
import { sessionOf, textOfGeneration, until, untilEnded, writeWith } from "@/lib/testing/generations";
import { signedIn } from "@/lib/testing/signed-in";
import { studioModel } from "@/lib/testing/studio-model";
import { continueGeneration } from "./continue-generation";
import { type FollowEvent, followGeneration } from "./follow-generation";
import { findGeneration } from "./read-generation";
import { clearOldLogs } from "./recover-generations";
import { startGeneration } from "./start-generation";

const model = await studioModel();

async function begin(pages: number) {
  const user = await newPerson(50);
  const caller = sessionOf(user);
  const { result } = await startGeneration({
    prompt: "A lighthouse",
    pages,
    model: "balanced",
    format: "prose",
    caller,
  });
  return { user, caller, id: result.generation_id };
}

interface Followed {
  texts: string[];
  seqs: number[];
  kinds: string[];
}

/** What a page makes of a stream: text put behind text. */
async function readAll(
  events: AsyncIterable<FollowEvent>,
  onto: string[] = [],
  most = Infinity,
): Promise<Followed> {
  const seen: Followed = { texts: [...onto], seqs: [], kinds: [] };
  for await (const { id, event, data } of events) {
    if (event === undefined) continue;
    const parsed = GENERATION_EVENTS[event satisfies GenerationEventKind].parse(data);
    seen.seqs.push(Number(id));
    seen.kinds.push(event);
    if (event === "text") {
      const { nth, text } = GENERATION_EVENTS.text.parse(data);
      seen.texts[nth - 1] = (seen.texts[nth - 1] ?? "") + text;
    }
    if ("pieces" in parsed) seen.texts = parsed.pieces.map(({ text }) => text);
    if (seen.seqs.length >= most) break;
  }
  return seen;
}

async function follow(
  caller: ReturnType<typeof sessionOf>,
  id: string,
  after: number,
  signal = new AbortController().signal,
) {
  return (await followGeneration({ caller, id, lastEventId: String(after), signal })).events;
}

describe("the events of a generation", () => {
  it("are the text itself while it is written, numbered one by one, and end with it", async () => {
    writeWith(model);
    model.handle(() => ({ msPerChunk: 3 }));
    const { user, caller, id } = await begin(2);
    const seen = await readAll(await follow(caller, id, 0));
    expect(seen.texts.join("")).toBe(await textOfGeneration(user, id));
    expect(seen.seqs).toEqual(seen.seqs.map((_, at) => at + 1));
    expect(seen.kinds.filter((kind) => kind !== "text")).toEqual([
      "start",
      "piece",
      "piece-end",
      "piece",
      "piece-end",
      "end",
    ]);
  });

  it("hold at least a quarter of a second of text each", async () => {
    writeWith(model, { flushMs: 250 });
    model.handle(() => ({ msPerChunk: 10, text: fakeText(400) }));
    const { user, id } = await begin(1);
    await untilEnded(user, id);
    const { rows } = await pool().query<{ kind: string; created_at: Date }>(
      "SELECT kind, created_at FROM generation_events WHERE generation_id = $1 AND kind IN ('piece', 'text') ORDER BY seq",
      [id],
    );
    const times = rows.map(({ created_at }) => created_at.getTime());
    const elapsed = (times.at(-1) ?? 0) - (times[0] ?? 0);
    // One of them is what was left when the page ended.
    expect(rows.length - 2).toBeLessThanOrEqual(elapsed / 250 + 1);
    expect(rows.length).toBeGreaterThan(3);
  });

  it("give the same text from any Last-Event-ID on, over continuations, however often the line breaks", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(400), msPerChunk: 1 }, { breakAfterChunks: 60, msPerChunk: 2 });
    const { user, caller, id } = await begin(3);
    await untilEnded(user, id);
    model.handle(() => ({ msPerChunk: 1 }));
    await continueGeneration({ caller, id });
    await untilEnded(user, id);
    const whole = await textOfGeneration(user, id);
    const last = (await findGeneration(user, id))?.generation.last_event_id ?? 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: last }), { maxLength: 6 }), async (breaks) => {
        let texts: string[] = [];
        let after = 0;
        for (const most of [...breaks, Infinity]) {
          const seen = await readAll(await follow(caller, id, after), texts, most);
          texts = seen.texts;
          after = seen.seqs.at(-1) ?? after;
        }
        expect(texts.join("")).toBe(whole);
        expect(after).toBe(last);
      }),
      { numRuns: 60 },
    );
  });

  it("go on behind what a page was made with, for each of several followers alike", async () => {
    writeWith(model);
    model.handle(() => ({ msPerChunk: 4 }));
    const { user, caller, id } = await begin(2);
    const followed = [];
    for (const words of [0, 100, 300, 500]) {
      const found = await until(async () => {
        const now = await findGeneration(user, id);
        return now !== null && now.generation.words >= words && now;
      });
      const texts = found.pieces.map(({ text }) => text);
      followed.push(readAll(await follow(caller, id, found.generation.last_event_id), texts));
    }
    const seen = await Promise.all(followed);
    const whole = await textOfGeneration(user, id);
    expect(seen.map(({ texts }) => texts.join(""))).toEqual([whole, whole, whole, whole]);
  });

  it("are replaced by one picture of the whole where the log was cleared a day after the end", async () => {
    writeWith(model);
    const { user, caller, id } = await begin(2);
    await untilEnded(user, id);
    expect(await clearOldLogs()).toBe(0);
    await pool().query("UPDATE generations SET finished_at = now() - interval '25 hours' WHERE id = $1", [
      id,
    ]);
    expect(await clearOldLogs()).toBe(1);
    expect(await clearOldLogs()).toBe(0);
    const seen = await readAll(await follow(caller, id, 3));
    expect(seen.kinds).toEqual(["state"]);
    expect(seen.texts.join("")).toBe(await textOfGeneration(user, id));
    const claimsMore = await readAll(await follow(caller, id, 999_999));
    expect(claimsMore.texts.join("")).toBe(await textOfGeneration(user, id));
  });

  it("stop for a follower who leaves, and for one whose session ended; the text is still being written", async () => {
    writeWith(model, {}, { firstChunkMs: 60_000 });
    model.handle(() => ({ silent: true }));
    const { user, caller, id } = await begin(1);
    const left = new AbortController();
    const leaving = readAll(await follow(caller, id, 0, left.signal));
    left.abort();
    await leaving;
    const signal = new AbortController().signal;
    const isAllowed = () => Promise.resolve(false);
    const { events } = await followGeneration({ caller, id, lastEventId: null, signal, isAllowed });
    await readAll(events);
    expect((await findGeneration(user, id))?.generation.status).toBe("writing");
  });

  it("reach a browser as server-sent events, and begin behind its Last-Event-ID", async () => {
    writeWith(model);
    const { user, id } = await begin(1);
    await untilEnded(user, id);
    const headers = await signedIn(user);
    const reply = await eventsDoor(
      new Request(`http://localhost:3000/api/me/generations/${id}/events?after=1`, {
        headers: { ...headers, "Last-Event-ID": "2" },
      }),
      { params: Promise.resolve({ id }) },
    );
    expect(reply.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(reply.headers.get("cache-control")).toBe("no-cache, no-transform");
    expect(reply.headers.get("x-accel-buffering")).toBe("no");
    const body = await reply.text();
    expect(body.startsWith('id: 3\nevent: text\ndata: {"')).toBe(true);
    expect(body).toMatch(/event: end\ndata: \{.*"status":"done".*\}\n\n$/);
  });
});

describe("where a page is one request", () => {
  it("each request writes the next page, and a text that nobody follows waits", async () => {
    writeWith(model, { onePageARequest: true });
    const { user, caller, id } = await begin(3);
    expect(model.requests).toHaveLength(0);
    let texts: string[] = [];
    let after = 0;
    for (const pages of [1, 2, 3]) {
      const seen = await readAll(await follow(caller, id, after), texts);
      texts = seen.texts;
      after = seen.seqs.at(-1) ?? 0;
      expect(model.requests).toHaveLength(pages);
    }
    expect(await untilEnded(user, id)).toMatchObject({ status: "done", charged_credits: 3 });
    expect(texts.join("")).toBe(await textOfGeneration(user, id));
  });
});
