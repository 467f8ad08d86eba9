import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CircuitBreaker } from "@/lib/ai/circuit-breaker";
import { OpenAiCompatibleWriter } from "@/lib/ai/openai-compatible";
import { WriterError } from "@/lib/ai/port";
import {
  rememberChapter,
  rememberPlan,
  rewriteChapterPlan,
  writeBible,
  writeOutline,
} from "@/lib/ai/story-plan";
import { EMPTY_MEMORY, type OutlineChapter } from "@/lib/contract/story-input";
import { countWords } from "@/lib/contract/word-count";
import { startFakeModelServer, type FakeModelServer } from "@/lib/testing/fake-model-server";
import { outlineFor, STORY_BIBLE, storyIdeaOf } from "@/lib/testing/stories";

const never = { signal: new AbortController().signal };
let server: FakeModelServer;

beforeAll(async () => void (server = await startFakeModelServer()));
afterAll(() => server.close());
beforeEach(() => server.reset());

function writer() {
  return new OpenAiCompatibleWriter({
    baseUrl: server.url,
    models: { creative: "m", balanced: "m", fast: "m" },
    breaker: new CircuitBreaker(),
    limits: { firstChunkMs: 20_000, betweenChunksMs: 20_000 },
    wait: async () => undefined,
  });
}

const numbered = (plans: readonly OutlineChapter[], from = 1) =>
  plans.map((plan, at) => ({ number: from + at, ...plan }));
const answer = (value: unknown) => ({ text: JSON.stringify(value) });
const promptOf = (nth: number) => JSON.stringify(server.requests[nth]?.body.messages);
const outline = (chapters = 5) =>
  writeOutline(writer(), { idea: storyIdeaOf({ chapters }), bible: STORY_BIBLE }, never);

describe("an outline", () => {
  const plans = outlineFor(5);

  it("is asked for with its schema, and is what the model gave", async () => {
    server.enqueue(answer({ chapters: numbered(plans) }));
    expect(await outline()).toEqual(plans);
    expect(promptOf(0)).toContain("exactly 5 chapters");
    expect(promptOf(0)).toContain("JSON Schema");
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    [
      "in a fence with prose around",
      `Sure!\n\`\`\`json\n${JSON.stringify({ chapters: numbered(plans) })}\n\`\`\`\nEnjoy!`,
    ],
    [
      "with trailing commas",
      JSON.stringify({ chapters: numbered(plans) })
        .replaceAll("}", ",}")
        .replaceAll("]", ",]"),
    ],
    ["as a bare list", JSON.stringify(numbered(plans))],
    [
      "with numbers as text",
      JSON.stringify({ chapters: numbered(plans).map((plan) => ({ ...plan, number: `${plan.number}` })) }),
    ],
    ["without numbers", JSON.stringify({ chapters: plans })],
    ["counted from 0", JSON.stringify({ chapters: numbered(plans, 0) })],
    [
      "with numbers in its titles",
      JSON.stringify({
        chapters: numbered(plans).map((plan) => ({
          ...plan,
          title: `Chapter ${plan.number}: ${plan.title}`,
        })),
      }),
    ],
  ])("is read where it comes %s", async (_, text) => {
    server.enqueue({ text });
    expect(await outline()).toEqual(plans);
    expect(server.requests).toHaveLength(1);
  });

  it("that is short gets the missing chapters alone, and keeps the others as they are", async () => {
    server.enqueue(
      answer({ chapters: numbered(plans.slice(0, 3)) }),
      answer({ chapters: numbered(plans.slice(3), 4) }),
    );
    expect(await outline()).toEqual(plans);
    expect(promptOf(1)).toContain("Plan exactly 2 chapters of it, and no other: 4, 5");
    expect(promptOf(1)).toContain(plans[0]?.title);
  });

  it.each([
    ["at its own limit", { finishReason: "length" as const }],
    ["by a lost connection", { breakAfterChunks: 25 }],
  ])("that is cut off %s keeps its whole chapters and gets the rest", async (_, how) => {
    const text = JSON.stringify({ chapters: numbered(plans) }, null, 1);
    const cut =
      "breakAfterChunks" in how ? { text, ...how } : { text: text.slice(0, text.length * 0.6), ...how };
    server.enqueue(cut);
    server.handle(({ body }) => {
      const wanted =
        /no other: ([\d, ]+)/.exec(JSON.stringify(body.messages))?.[1]?.split(", ").map(Number) ?? [];
      return answer({ chapters: wanted.map((number) => ({ number, ...plans[number - 1] })) });
    });
    expect(await outline()).toEqual(plans);
    expect(server.requests).toHaveLength(2);
  });

  it("with too many chapters is never cut: it is asked for again, with what was wrong", async () => {
    server.enqueue(answer({ chapters: numbered(outlineFor(7)) }), answer({ chapters: numbered(plans) }));
    expect(await outline()).toEqual(plans);
    expect(promptOf(1)).toContain("It has 7 chapters where exactly 5 were asked for.");
  });

  it("loses a chapter without beats, and gets it anew", async () => {
    const holed = numbered(plans).map((plan) => (plan.number === 2 ? { ...plan, beats: [] } : plan));
    server.enqueue(answer({ chapters: holed }), answer({ chapters: [{ ...plans[1], number: 2 }] }));
    expect(await outline()).toEqual(plans);
  });

  it("has 40 chapters where 40 were asked for, though no answer has more than 15", async () => {
    const all = outlineFor(40);
    server.handle(({ body }) => {
      const text = JSON.stringify(body.messages);
      const wanted =
        /no other: ([\d, ]+)/.exec(text)?.[1]?.split(", ").map(Number) ?? all.map((_, at) => at + 1);
      return answer({ chapters: wanted.slice(0, 15).map((number) => ({ number, ...all[number - 1] })) });
    });
    expect(await outline(40)).toEqual(all);
    expect(server.requests).toHaveLength(3);
  });

  it("keeps what stands already", async () => {
    const standing = plans.map((plan, at) => (at === 2 ? null : plan));
    const fresh = { ...outlineFor(9)[8]!, title: "A new third" };
    server.enqueue(answer({ chapters: [{ number: 3, ...fresh }] }));
    const input = { idea: storyIdeaOf(), bible: null, standing };
    expect(await writeOutline(writer(), input, never)).toEqual(plans.with(2, fresh));
  });

  it.each([
    ["no JSON", { text: "I would rather talk about the sea." }],
    ["wrong JSON", { text: '{"chapters": "five of them"}' }],
    ["always too many", { text: JSON.stringify({ chapters: numbered(outlineFor(9)) }) }],
    ["nothing whole", { text: '{"chapters": [{"number": 1, "title": "The' }],
  ])("that never comes is 'rubbish' after a bounded number of calls (%s)", async (_, behaviour) => {
    server.handle(() => behaviour);
    await expect(outline()).rejects.toMatchObject({ kind: "rubbish" });
    expect(server.requests).toHaveLength(2);
  });

  it("is bounded also where each answer brings one chapter and the same again", async () => {
    server.handle(() => answer({ chapters: [{ number: 1, ...plans[0] }] }));
    await expect(outline()).rejects.toBeInstanceOf(WriterError);
    expect(server.requests.length).toBeLessThan(5);
  });

  it("passes on what the model's server failed with, and is null where it was stopped", async () => {
    server.handle(() => ({ status: 500 }));
    await expect(outline()).rejects.toMatchObject({ kind: "server" });
    const input = { idea: storyIdeaOf(), bible: null };
    expect(await writeOutline(writer(), input, { signal: AbortSignal.abort() })).toBeNull();
  });
});

describe("a bible", () => {
  it("is asked for again with what is wrong, and what is too long in it is cut", async () => {
    const person = { name: "Ada", description: "x".repeat(2_000) };
    server.enqueue(
      answer({ characters: [], places: [], rules: [] }),
      answer({ characters: [person], places: [], rules: ["Never at night."], style: null }),
    );
    const bible = await writeBible(writer(), storyIdeaOf(), never);
    expect(bible?.characters[0]?.description).toHaveLength(600);
    expect(bible).toMatchObject({ places: [], rules: ["Never at night."], style: "" });
    expect(promptOf(1)).toContain("characters:");
  });

  it("that was cut off is not accepted, though it would fit", async () => {
    server.handle(() => ({
      text: '{"characters": [{"name": "Ada"}], "places": [], "rules": [], "style": "Pl',
      finishReason: "length",
    }));
    await expect(writeBible(writer(), storyIdeaOf(), never)).rejects.toMatchObject({ kind: "rubbish" });
    expect(server.requests).toHaveLength(3);
  });
});

describe("one chapter's plan", () => {
  const input = { idea: storyIdeaOf(), bible: null, outline: outlineFor(5) };

  it("comes alone", async () => {
    server.enqueue(answer({ chapters: [{ number: 2, title: "New", beats: ["It snows."] }] }));
    expect(await rewriteChapterPlan(writer(), { ...input, chapterNumber: 2 }, never)).toEqual({
      title: "New",
      point_of_view: "",
      beats: ["It snows."],
    });
  });
});

describe("the memory of a story", () => {
  const input = {
    idea: storyIdeaOf(),
    memory: EMPTY_MEMORY,
    chapterNumber: 1,
    title: "One",
    text: "Ada waits.",
  };

  it("has at most 400 words and 30 facts, whatever the model says", async () => {
    const facts = Array.from({ length: 50 }, (_, at) => `Fact ${at}.`);
    server.enqueue(answer({ summary: "Ada waited for the boat. ".repeat(200), facts }));
    const memory = await rememberChapter(writer(), input, never);
    expect(countWords(memory?.summary ?? "")).toBe(400);
    expect(memory?.facts).toHaveLength(30);
  });

  it("can be kept without a model, and stays bounded", () => {
    let memory = EMPTY_MEMORY;
    outlineFor(40).forEach((plan, at) => (memory = rememberPlan(memory, at + 1, plan)));
    expect(countWords(memory.summary)).toBeLessThanOrEqual(400);
    expect(memory.summary).toContain("Chapter 40");
  });
});
