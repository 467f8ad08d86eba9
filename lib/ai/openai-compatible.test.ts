import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { CircuitBreaker } from "@/lib/ai/circuit-breaker";
import { OpenAiCompatibleWriter, type OpenAiCompatibleOptions } from "@/lib/ai/openai-compatible";
import { WriterError, type WriteRequest } from "@/lib/ai/port";
import { FAKE_MODELS, fakeText, type FakeBehaviour } from "@/lib/testing/fake-models";
import { startFakeModelServer, type FakeModelServer } from "@/lib/testing/fake-model-server";

const KEY = "sk-very-secret-key-1234567890";
const never = new AbortController().signal;
let server: FakeModelServer;

beforeAll(async () => void (server = await startFakeModelServer()));
afterAll(() => server.close());
beforeEach(() => server.reset());

function writer(options: Partial<OpenAiCompatibleOptions> = {}) {
  return new OpenAiCompatibleWriter({
    baseUrl: server.url,
    apiKey: KEY,
    models: { creative: "big", balanced: "middle", fast: "small" },
    breaker: new CircuitBreaker(),
    wait: async () => undefined,
    ...options,
  });
}

function request(more: Partial<WriteRequest> = {}): WriteRequest {
  return {
    system: "You write.",
    prompt: "Write about 100 words.",
    maxWords: 1_000,
    model: "balanced",
    brief: {
      kind: "page",
      pageNumber: 1,
      pageCount: 1,
      topic: "rain",
      previousTail: "",
      targetWords: 100,
      format: "prose",
    },
    ...more,
  };
}

/** Reads a text to its end, however it ends. */
async function read(from: OpenAiCompatibleWriter, what = request(), signal: AbortSignal = never) {
  const chunks: string[] = [];
  const stream = from.write(what, { signal });
  try {
    for (;;) {
      const step = await stream.next();
      if (step.done)
        return { text: chunks.join(""), chunks, finish: step.value.finishReason, error: undefined };
      chunks.push(step.value);
    }
  } catch (error) {
    expect(error).toBeInstanceOf(WriterError);
    return { text: chunks.join(""), chunks, finish: undefined, error: error as WriterError };
  }
}

const fake = (name: string): FakeBehaviour => FAKE_MODELS[name] ?? expect.fail(`no behaviour ${name}`);

describe("an ordinary answer", () => {
  it("is streamed whole and in order, from the model that was asked for", async () => {
    const { text, chunks, finish } = await read(writer(), request({ model: "creative" }));
    expect(text).toBe(fakeText(100));
    expect(chunks.length).toBeGreaterThan(10);
    expect(finish).toBe("complete");
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(server.requests[0]?.body).toMatchObject({
      model: "big",
      stream: true,
      stream_options: { include_usage: true },
      messages: [
        { role: "system", content: "You write." },
        { role: "user", content: "Write about 100 words." },
      ],
    });
  });

  it("needs no [DONE]", async () => {
    server.enqueue(fake("fake-no-done"));
    expect(await read(writer())).toMatchObject({ text: fakeText(100), finish: "complete" });
  });

  it("needs no key", async () => {
    await read(writer({ apiKey: undefined }));
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it("that was cut at the model's limit says so", async () => {
    server.enqueue(fake("fake-length"));
    expect(await read(writer())).toMatchObject({ finish: "length", error: undefined });
  });

  it("that runs on is cut at the most words, and the call is ended", async () => {
    server.enqueue(fake("fake-long"));
    const { text, finish } = await read(writer(), request({ maxWords: 100 }));
    expect(finish).toBe("length");
    expect(text.split(" ").length).toBeLessThan(200);
  });

  it("begins with its first word", async () => {
    server.enqueue({ text: "\n\n  Rain fell." });
    expect((await read(writer())).text).toBe("Rain fell.");
  });
});

describe("reasoning", () => {
  it.each(["fake-thinks", "fake-reasons"])("never reaches the text (%s)", async (name) => {
    server.enqueue({ ...fake(name), wordsPerChunk: 1 });
    expect((await read(writer())).text).toBe(fakeText(100));
  });

  it("alone is an empty answer", async () => {
    server.enqueue({ text: "<think>I never come to an end" });
    expect((await read(writer())).error?.kind).toBe("empty");
  });

  it("whose opening tag is missing makes the answer unusable", async () => {
    server.enqueue({ text: "I plan it.</think>Rain fell." });
    expect((await read(writer())).error?.kind).toBe("rubbish");
  });
});

describe("before the first word", () => {
  it.each(["fake-500", "fake-429"])("%s twice is tried again until it works", async (name) => {
    server.enqueue(fake(name), fake(name));
    expect(await read(writer())).toMatchObject({ text: fakeText(100), finish: "complete" });
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    ["fake-500", "server", 3],
    ["fake-429", "rate_limited", 3],
    ["fake-401", "refused", 1],
    ["fake-rubbish", "rubbish", 1],
    ["fake-html", "rubbish", 1],
    ["fake-no-choices", "rubbish", 1],
    ["fake-empty", "empty", 1],
    ["fake-filtered", "refused", 1],
  ])("%s for ever is %s after %i tries", async (name, kind, tries) => {
    server.handle(() => fake(name));
    const { error, text } = await read(writer());
    expect(text).toBe("");
    expect(error).toMatchObject({ kind, retryable: kind !== "refused" });
    expect(server.requests).toHaveLength(tries);
  });

  it.each([
    [{ body: 'data: {"error":{"message":"Overloaded","code":429}}\n\n' }, "rate_limited"],
    [{ body: 'data: {"error":{"message":"Overloaded"}}\n\n' }, "server"],
  ])("a failure that is told in the stream counts like one (%#)", async (behaviour, kind) => {
    server.handle(() => ({ ...behaviour, contentType: "text/event-stream" }));
    expect((await read(writer())).error?.kind).toBe(kind);
    expect(server.requests).toHaveLength(3);
  });

  it("a connection that is cut is tried again", async () => {
    server.enqueue({ breakAfterChunks: 0 });
    expect(await read(writer())).toMatchObject({ text: fakeText(100), finish: "complete" });
  });

  it("nobody at the address is 'unavailable'", async () => {
    const gone = await startFakeModelServer();
    await gone.close();
    expect((await read(writer({ baseUrl: gone.url }))).error?.kind).toBe("unavailable");
  });

  it("pauses grow, and are as long as the server asks", async () => {
    const pauses: number[] = [];
    const wait = async (ms: number) => void pauses.push(ms);
    server.enqueue(fake("fake-500"), fake("fake-500"));
    await read(writer({ wait, retry: { firstPauseMs: 100 } }));
    server.enqueue({ ...fake("fake-429"), headers: { "retry-after": "7" } });
    await read(writer({ wait, retry: { firstPauseMs: 100 } }));
    expect(pauses[0]).toBeGreaterThanOrEqual(50);
    expect(pauses[0]).toBeLessThanOrEqual(100);
    expect(pauses[1]).toBeGreaterThanOrEqual(100);
    expect(pauses[1]).toBeLessThanOrEqual(200);
    expect(pauses[2]).toBe(7_000);
  });

  it("a server that asks for too long a pause is not waited for, and its wish is passed on", async () => {
    server.handle(() => ({ ...fake("fake-429"), headers: { "retry-after": "600" } }));
    expect((await read(writer())).error).toMatchObject({ kind: "rate_limited", retryAfterSeconds: 600 });
    expect(server.requests).toHaveLength(1);
  });

  it("a redirect is not followed, so that the key stays with its server", async () => {
    server.handle(() => ({ status: 307, headers: { location: "/v1/elsewhere" } }));
    expect((await read(writer())).error?.kind).toBe("refused");
  });
});

describe("a second model", () => {
  const two = { creative: "big", balanced: "middle, spare", fast: "small" };
  const asked = () => server.requests.map(({ body }) => body.model);

  it.each([
    ["fake-500", 3],
    ["fake-empty", 1],
    ["fake-html", 1],
  ])("writes when the first fails with %s", async (name, tries) => {
    server.handle(({ body }) => (body.model === "middle" ? fake(name) : undefined));
    expect(await read(writer({ models: two }))).toMatchObject({ text: fakeText(100), finish: "complete" });
    expect(asked()).toEqual([...Array<string>(tries).fill("middle"), "spare"]);
  });

  it("is not asked when the key is wrong, nor once the first has begun", async () => {
    server.enqueue(fake("fake-401"));
    expect((await read(writer({ models: two }))).error?.kind).toBe("refused");
    server.enqueue(fake("fake-breaks-off"));
    expect((await read(writer({ models: two }))).error?.kind).toBe("broken_off");
    expect(asked()).toEqual(["middle", "middle"]);
  });
});

describe("the fallback model", () => {
  const asked = () => server.requests.map(({ body }) => body.model);
  const three = { creative: "big", balanced: "middle, spare", fast: "small" };

  it("writes when every other one failed before its first word", async () => {
    server.handle(({ body }) => (body.model === "last" ? undefined : fake("fake-empty")));
    expect(await read(writer({ models: three, fallback: "last" }))).toMatchObject({ finish: "complete" });
    expect(asked()).toEqual(["middle", "spare", "last"]);
  });

  it("writes when a model declines in words, and no word of that is shown", async () => {
    server.handle(({ body }) =>
      body.model === "last" ? undefined : { text: "I'm sorry, but I can't help with that." },
    );
    expect(await read(writer({ fallback: "last" }))).toMatchObject({
      text: fakeText(100),
      finish: "complete",
    });
  });

  it("is asked once, also where it is one of the others", async () => {
    server.handle(() => fake("fake-empty"));
    expect((await read(writer({ models: three, fallback: "spare" }))).error?.kind).toBe("empty");
    expect(asked()).toEqual(["middle", "spare"]);
  });
});

describe("what a model says about its text", () => {
  it("before and behind it is taken away", async () => {
    server.enqueue({
      text: `Sure! Here is page 1:\n\n${fakeText(100)}\n\nLet me know if you'd like any changes.`,
    });
    expect((await read(writer())).text.trimEnd()).toBe(fakeText(100));
  });

  it("instead of it is a refusal", async () => {
    server.enqueue({ text: "As an AI language model, I can't write that." });
    const { error, text } = await read(writer());
    expect([error?.kind, error?.retryable, text]).toEqual(["refused", false, ""]);
  });
});

describe("after the first word", () => {
  it.each([
    ["fake-breaks-off", 20],
    ["fake-no-end", 100],
  ])("%s keeps the text and is never tried again", async (name, words) => {
    server.enqueue(fake(name));
    const { text, error } = await read(writer());
    expect(error).toMatchObject({ kind: "broken_off", retryable: true });
    expect(fakeText(100).startsWith(text)).toBe(true);
    expect(text.split(" ")).toHaveLength(words);
    expect(server.requests).toHaveLength(1);
  });
});

describe("time-outs", () => {
  const short = { firstChunkMs: 60, betweenChunksMs: 60, wholeMs: 10_000 };

  it("to the first chunk: nothing was written and the call is ended", async () => {
    server.enqueue(fake("fake-silent"));
    const { error, text } = await read(writer({ limits: short }));
    expect([error?.kind, error?.detail, text]).toEqual(["timeout", "waited for the first chunk", ""]);
    await server.until(({ requests }) => requests[0]?.aborted === true);
  });

  it("between chunks: the text so far is kept and the call is ended", async () => {
    server.enqueue(fake("fake-stalls"));
    const { error, text } = await read(writer({ limits: { ...short, firstChunkMs: 10_000 } }));
    expect([error?.kind, error?.detail]).toEqual(["timeout", "waited for the next chunk"]);
    expect(text.split(" ")).toHaveLength(12);
    await server.until(({ requests }) => requests[0]?.aborted === true);
  });

  it("of the whole, though chunks keep coming", async () => {
    server.enqueue({ text: fakeText(4_000), wordsPerChunk: 1, msPerChunk: 5 });
    const { error } = await read(writer({ limits: { wholeMs: 150 } }));
    expect([error?.kind, error?.detail]).toEqual(["timeout", "waited for the whole text"]);
  });

  it("a slow reader does not count as a slow model", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const stream = writer().write(request(), { signal: never });
      const first = await stream.next();
      let text = first.done === true ? "" : first.value;
      vi.advanceTimersByTime(60_000);
      for await (const chunk of stream) text += chunk;
      expect(text).toBe(fakeText(100));
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("stopping", () => {
  it("in the middle ends the call, keeps the text, and is no error", async () => {
    const stop = new AbortController();
    server.enqueue(fake("fake-stalls"));
    const reading = read(writer(), request(), stop.signal);
    await server.until(({ requests }) => requests.length === 1);
    stop.abort();
    expect(await reading).toMatchObject({ finish: "stopped", error: undefined });
    await server.until(({ requests }) => requests[0]?.aborted === true);
  });

  it("while the model is silent", async () => {
    const stop = new AbortController();
    server.enqueue(fake("fake-silent"));
    const reading = read(writer(), request(), stop.signal);
    await server.until(({ requests }) => requests.length === 1);
    stop.abort();
    expect(await reading).toMatchObject({ finish: "stopped", text: "" });
  });

  it("during a pause between tries makes no further one", async () => {
    const stop = new AbortController();
    server.enqueue(fake("fake-500"));
    const wait = async () => stop.abort();
    expect(await read(writer({ wait }), request(), stop.signal)).toMatchObject({ finish: "stopped" });
    expect(server.requests).toHaveLength(1);
  });

  it("before the start asks nobody", async () => {
    expect(await read(writer(), request(), AbortSignal.abort())).toMatchObject({ finish: "stopped" });
    expect(server.requests).toHaveLength(0);
  });

  it("by leaving the loop ends the call too", async () => {
    server.enqueue(fake("fake-stalls"));
    for await (const chunk of writer().write(request(), { signal: never })) {
      expect(chunk).not.toBe("");
      break;
    }
    await server.until(({ requests }) => requests[0]?.aborted === true);
  });
});

describe("the circuit breaker", () => {
  it("answers at once after five failures in a row, and lets one trial through when its time is up", async () => {
    let now = 0;
    const breaker = new CircuitBreaker(5, 30_000, () => now);
    const one = writer({ breaker });
    server.handle(() => fake("fake-500"));
    await read(one);
    expect((await read(one)).error?.kind).toBe("server");
    expect(server.requests).toHaveLength(5);
    expect((await read(one)).error?.kind).toBe("unavailable");
    expect(server.requests).toHaveLength(5);

    now = 30_000;
    await read(one);
    expect(server.requests).toHaveLength(6);
    server.handle(undefined);
    expect((await read(one)).error?.kind).toBe("unavailable");
    now = 60_000;
    expect((await read(one)).finish).toBe("complete");
    expect((await read(one)).finish).toBe("complete");
  });

  it("of one model that is down keeps nobody from the one that stands in for it, however many ask", async () => {
    const models = { creative: "down", balanced: "down", fast: "down" };
    const one = () => writer({ breaker: undefined, models, fallback: "well" });
    server.handle(({ body }) => (body.model === "down" ? fake("fake-500") : fake("fake-normal")));
    const together = await Promise.all(Array.from({ length: 6 }, () => read(one())));
    const later = [await read(one()), await read(one())];
    expect([...together, ...later].map(({ finish }) => finish)).toEqual(Array(8).fill("complete"));
    const asked = server.requests.filter(({ body }) => body.model === "down").length;
    expect((await read(one())).finish).toBe("complete");
    expect(server.requests.filter(({ body }) => body.model === "down")).toHaveLength(asked);
  });

  it("is not moved by refusals and stops", async () => {
    const breaker = new CircuitBreaker(1);
    server.enqueue(fake("fake-401"), fake("fake-empty"), fake("fake-429"));
    await read(writer({ breaker }));
    await read(writer({ breaker }));
    await read(writer({ breaker }), request(), AbortSignal.abort());
    expect((await read(writer({ breaker }))).finish).toBe("complete");
  });

  it("a trial that is stopped leaves the way free for the next", async () => {
    let now = 0;
    const breaker = new CircuitBreaker(1, 10, () => now);
    breaker.failed();
    now = 10;
    const stop = new AbortController();
    server.enqueue(fake("fake-silent"));
    const trial = read(writer({ breaker }), request(), stop.signal);
    await server.until(({ requests }) => requests.length === 1);
    expect((await read(writer({ breaker }))).error?.kind).toBe("unavailable");
    stop.abort();
    await trial;
    expect((await read(writer({ breaker }))).finish).toBe("complete");
  });
});

describe("the key and the address", () => {
  it.each([
    [
      "an echo of both",
      { status: 401, errorMessage: `Bad key ${KEY} for http://127.0.0.1:1/v1, see https://x.example/keys` },
    ],
    [
      "rubbish that holds both",
      { body: `data: {"k":"${KEY}" http://127.0.0.1/\n\n`, contentType: "text/event-stream" },
    ],
    [
      "an error in the stream",
      { body: `data: {"error":{"message":"Bearer ${KEY}"}}\n\n`, contentType: "text/event-stream" },
    ],
  ])("are in no error: %s", async (_, behaviour) => {
    server.handle(() => behaviour);
    const { error } = await read(writer());
    const everything = [
      error?.message,
      error?.stack,
      error?.detail,
      JSON.stringify(error),
      String(error?.cause),
    ].join();
    expect(everything).not.toContain(KEY);
    expect(everything).not.toContain("127.0.0.1");
    expect(everything).not.toContain("x.example");
  });

  it("are in no error when nobody answers", async () => {
    const gone = await startFakeModelServer();
    await gone.close();
    const { error } = await read(writer({ baseUrl: gone.url }));
    expect(JSON.stringify(error) + error?.detail).not.toContain(new URL(gone.url).host);
  });
});
