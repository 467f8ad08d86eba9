import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POST as start } from "@/app/api/me/tools/route";
import { chooseWriter } from "@/lib/ai/choose-writer";
import { itemsOf } from "@/lib/ai/growing-list";
import { newPerson } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { purseOf, untilEnded, writeWith } from "@/lib/testing/generations";
import { signedIn } from "@/lib/testing/signed-in";
import { studioModel } from "@/lib/testing/studio-model";
import { findGeneration } from "./read-generation";
import { configureStudio } from "./studio-settings";

const model = await studioModel();

const TEXT = "Nobody had lit the lamp for years. The stairs were cold.";

async function ask(user: string, tool: string, body: object, key = randomUUID()) {
  const headers = { ...(await signedIn(user)), "Idempotency-Key": key };
  return callDoor(start, { path: "/api/me/tools", key: null, headers, body: { ask: { tool, ...body } } });
}

/** What a tool says, from the asking to the end. */
async function answered(user: string, tool: string, body: object) {
  const { json, status } = await ask(user, tool, body);
  expect(status, JSON.stringify(json)).toBe(200);
  const generation = await untilEnded(user, json.generation_id as string);
  const found = await findGeneration(user, generation.id);
  return { generation, texts: (found?.pieces ?? []).map(({ text }) => text) };
}

describe("an answer of a writing tool", () => {
  it.each<[string, object]>([
    ["write", { text: TEXT, words: 60 }],
    ["rewrite", { text: TEXT, style: "shorten" }],
    ["describe", { text: "an old lighthouse", sense: "smell" }],
    ["brainstorm", { text: TEXT, kind: "names", count: 4 }],
  ])("%s costs one coin, answers, and leaves nothing in the workspace", async (tool, body) => {
    writeWith(model);
    if (tool === "brainstorm") model.handle(() => ({ text: "- Ada\n- Bo\n- Cy\n- Di" }));
    const user = await newPerson(5);
    const { generation, texts } = await answered(user, tool, body);
    expect(generation).toMatchObject({
      kind: "tool",
      status: "done",
      project_code: null,
      charged_credits: 1,
    });
    expect(texts).toHaveLength(1);
    expect(texts[0]).not.toBe("");
    expect(await purseOf(user)).toEqual({ credits: 4, held: 0, used: 1, captures: 1 });
  });

  it("write costs one coin for each variant, and each is asked for in another way", async () => {
    writeWith(model);
    const user = await newPerson(3);
    const { texts } = await answered(user, "write", { text: TEXT, variants: 3, words: 50 });
    expect(texts).toHaveLength(3);
    expect(new Set(model.requests.map(({ body }) => JSON.stringify(body.messages))).size).toBe(3);
    expect(await purseOf(user)).toMatchObject({ credits: 0, held: 0, used: 3 });
  });

  it("charges the variants before the one that failed, and gives the rest back", async () => {
    writeWith(model);
    model.enqueue({}, { status: 500 });
    model.handle(() => ({ status: 500 }));
    const user = await newPerson(3);
    const { json } = await ask(user, "write", { text: TEXT, variants: 3, words: 50 });
    const ended = await untilEnded(user, json.generation_id as string);
    expect(ended).toMatchObject({ status: "failed", charged_credits: 1, continue_quote: null });
    expect(await purseOf(user)).toMatchObject({ credits: 2, held: 0, used: 1 });
  });

  it.each([
    ["answers nothing", { text: "" }],
    ["fails", { status: 500 }],
    ["talks of anything but a list", { text: "I can think of many fine ideas for you." }],
  ])("costs nothing where the model %s", async (_what, behaviour) => {
    writeWith(model);
    model.handle(() => behaviour);
    const user = await newPerson(1);
    const { json } = await ask(user, "brainstorm", { text: TEXT, kind: "plot" });
    expect(await untilEnded(user, json.generation_id as string)).toMatchObject({ status: "failed" });
    expect(await purseOf(user)).toEqual({ credits: 1, held: 0, used: 0, captures: 0 });
  });

  it("brainstorm gives exactly as many ideas as asked: too few are made up for, too many left out", async () => {
    writeWith(model);
    model.enqueue({ text: "1. Ada\n2. Bo" }, { text: "- Bo\n- Cy\n- Di\n- Ed\n- Flo" });
    const { texts } = await answered(await newPerson(1), "brainstorm", {
      text: TEXT,
      kind: "names",
      count: 5,
    });
    expect(itemsOf(texts[0] ?? "")).toEqual(["Ada", "Bo", "Cy", "Di", "Ed"]);
    expect(JSON.stringify(model.requests[1]?.body.messages)).toContain("Ada");
  });

  it("never ends in the middle of a sentence, though the model runs on or is cut off", async () => {
    writeWith(model);
    const words = (count: number) =>
      Array.from({ length: count }, (_, i) => (i % 9 === 8 ? "dark." : "word")).join(" ");
    model.enqueue({ text: words(400) }, { text: "All is well. And then the do", finishReason: "length" });
    const user = await newPerson(2);
    const { texts, generation } = await answered(user, "write", { text: TEXT, words: 50, variants: 2 });
    expect(texts[0]).toMatch(/dark\.$/);
    expect(texts[1]).toBe("All is well.");
    expect(generation.words).toBeLessThan(70);
  });

  it("rewrites a heading as a heading", async () => {
    writeWith(model);
    model.enqueue({ text: "The Forsaken Lighthouse" });
    const { texts } = await answered(await newPerson(1), "rewrite", {
      text: "The old lighthouse",
      style: "dramatic",
    });
    expect(texts).toEqual(["The Forsaken Lighthouse"]);
  });

  it("a double click asks once and costs once", async () => {
    writeWith(model);
    const user = await newPerson(1);
    const key = randomUUID();
    const told = await Promise.all(
      Array.from({ length: 5 }, () => ask(user, "rewrite", { text: TEXT, style: "formal" }, key)),
    );
    expect(new Set(told.map(({ json }) => JSON.stringify(json))).size).toBe(1);
    await untilEnded(user, told[0]?.json.generation_id as string);
    expect(await purseOf(user)).toMatchObject({ credits: 0, used: 1, captures: 1 });
  });

  it.each<[string, string, object, string]>([
    ["no text", "rewrite", { text: "  " }, "text"],
    ["too much text", "describe", { text: "x".repeat(2_001) }, "text"],
    ["an unknown mode", "write", { text: TEXT, mode: "sleepy" }, "mode"],
    ["four variants", "write", { text: TEXT, variants: 4 }, "variants"],
    ["eleven ideas", "brainstorm", { text: TEXT, kind: "plot", count: 11 }, "count"],
    ["no kind", "brainstorm", { text: TEXT }, "kind"],
  ])("names the field: %s", async (_what, tool, body, field) => {
    const user = await newPerson(5);
    const { status, json } = await ask(user, tool, body);
    expect(status).toBe(400);
    expect(JSON.stringify(json)).toContain(field);
    expect(await purseOf(user)).toMatchObject({ credits: 5, held: 0 });
  });

  it("in a demo the demo writer answers, with its label, as many ideas as asked", async () => {
    configureStudio({
      writer: () =>
        chooseWriter({
          aiBaseUrl: undefined,
          aiApiKey: undefined,
          aiModelCreative: undefined,
          aiModelBalanced: undefined,
          aiModelFast: undefined,
          aiModelFallback: undefined,
          demo: true,
        }),
    });
    const user = await newPerson(4);
    const list = await answered(user, "brainstorm", { text: TEXT, kind: "titles", count: 7 });
    expect(itemsOf(list.texts[0] ?? "")).toHaveLength(7);
    expect(list.generation.label).toMatch(/^Demo writer/);
    const ways = await answered(user, "write", { text: TEXT, variants: 3, words: 60 });
    expect(new Set(ways.texts).size).toBe(3);
  });
});
