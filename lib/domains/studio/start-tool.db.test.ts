import { describe, expect, it } from "vitest";
import { quoteTool } from "@/lib/contract/quote";
import { toolInput } from "@/lib/contract/tool-input";
import { newPerson } from "@/lib/testing/builders";
import { fakeText } from "@/lib/testing/fake-models";
import { purseOf, sessionOf, settlementsOf, until, untilEnded, writeWith } from "@/lib/testing/generations";
import { studioModel } from "@/lib/testing/studio-model";
import { continueGeneration } from "./continue-generation";
import { findGeneration } from "./read-generation";
import { saveGeneration } from "./save-generation";
import { startTool } from "./start-tool";
import { stopGeneration } from "./stop-generation";

const model = await studioModel();

const ASK = toolInput.parse({
  tool: "write",
  variants: 3,
  words: 100,
  text: "The lamp went out.",
  model: "balanced",
});

async function begin(user: string) {
  const caller = sessionOf(user);
  const { result } = await startTool({ caller, ask: ASK });
  return { caller, id: result.generation_id, quoted: result.quoted_credits };
}

describe("a writing tool", () => {
  it("answers in as many variants as were asked for, a coin each, and saves nothing", async () => {
    writeWith(model);
    const user = await newPerson(5);
    const { caller, id, quoted } = await begin(user);
    expect(quoted).toBe(quoteTool(ASK));
    const ended = await untilEnded(user, id);
    expect(ended).toMatchObject({
      kind: "tool",
      status: "done",
      charged_credits: 3,
      project_code: null,
      unsaved: false,
    });
    const found = await findGeneration(user, id);
    expect(found?.pieces.map(({ status, words }) => [status, words])).toEqual(Array(3).fill(["done", 100]));
    expect(await purseOf(user)).toEqual({ credits: 2, held: 0, used: 3, captures: 1 });
    expect(await saveGeneration({ caller, id })).toEqual({ project_code: null, unsaved: false });
    expect(new Set(model.requests.map(({ body }) => JSON.stringify(body.messages))).size).toBe(3);
  });

  it("charges the answers that came, and not the one that broke off", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(100) }, { breakAfterChunks: 3 });
    const user = await newPerson(5);
    const { caller, id } = await begin(user);
    const ended = await untilEnded(user, id);
    expect(ended).toMatchObject({ status: "failed", charged_credits: 1, continue_quote: null });
    expect(ended.error).toContain("You were not charged for answer 2.");
    expect(await settlementsOf(id)).toMatchObject([{ quoted: 3, charged: 1, released: 2 }]);
    await expect(continueGeneration({ caller, id })).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("that is stopped charges what was delivered of it", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(100) }, { text: fakeText(100), msPerChunk: 30 });
    const user = await newPerson(5);
    const { caller, id } = await begin(user);
    await until(async () => ((await findGeneration(user, id))?.pieces[1]?.words ?? 0) > 4);
    await stopGeneration({ caller, id });
    expect(await untilEnded(user, id)).toMatchObject({ status: "stopped", charged_credits: 2 });
    expect(await purseOf(user)).toMatchObject({ credits: 3, held: 0 });
  });
});
