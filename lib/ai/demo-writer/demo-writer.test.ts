import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { DEMO_WRITER_LABEL, demoText, DemoWriter } from "@/lib/ai/demo-writer/demo-writer";
import { jointAfter } from "@/lib/ai/join-pieces";
import { endsAtSentence } from "@/lib/ai/sentences";
import { pageRequest } from "@/lib/ai/page-prompt";
import type { PageBrief } from "@/lib/ai/port";
import { FORMATS, POINTS_OF_VIEW, type Format } from "@/lib/contract/prompt-input";
import { countWords } from "@/lib/contract/word-count";

// Much is composed here, and a slow machine is no defect.
vi.setConfig({ testTimeout: 120_000 });

const TOPIC = "A lighthouse keeper named Ada finds a letter in a bottle";
const brief = (more: Partial<PageBrief> = {}): PageBrief => ({
  kind: "page",
  pageNumber: 1,
  pageCount: 1,
  topic: TOPIC,
  previousTail: "",
  targetWords: 400,
  format: "prose",
  ...more,
});

describe("demoText", () => {
  const briefs = fc.record({
    topic: fc.oneof(fc.constant(TOPIC), fc.string(), fc.string({ unit: "grapheme" })),
    format: fc.constantFrom(...FORMATS),
    pointOfView: fc.option(fc.constantFrom(...POINTS_OF_VIEW), { nil: undefined }),
    pageNumber: fc.integer({ min: 1, max: 3 }),
    targetWords: fc.integer({ min: 40, max: 900 }),
    previousTail: fc.constantFrom("", "The lamp was out.", "He went down to the"),
    language: fc.constantFrom(undefined, "French"),
  });

  it("is within 5 % of the length, ends with a sentence, and fills every slot", () => {
    fc.assert(
      fc.property(briefs, (more) => {
        const text = demoText(brief({ ...more, pageCount: 3 }));
        expect(Math.abs(countWords(text) - more.targetWords)).toBeLessThanOrEqual(more.targetWords * 0.05);
        expect(endsAtSentence(text)).toBe(true);
        expect(text).toBe(text.trim());
        if (!/[{}^~]/.test(more.topic)) expect(text).not.toMatch(/[{}^~]|undefined/);
      }),
      { numRuns: 200 },
    );
  });

  it("is the same for the same request, and another for another prompt", () => {
    expect(demoText(brief())).toBe(demoText(brief()));
    expect(demoText(brief())).not.toBe(demoText(brief({ topic: "Dragons in Prague" })));
  });

  it.each(FORMATS)("draws on the prompt's own words (%s)", (format) => {
    expect(demoText(brief({ format }))).toMatch(/lighthouse keeper|bottle/i);
  });

  it.each(FORMATS)("of 20 joined pages says hardly any six words twice (%s)", (format) => {
    expect(repeatedRuns(wholeText(format, 20))).toBeLessThan(0.01);
  });

  it("goes on from a text that is not its own, and finishes its sentence", () => {
    const text = demoText(brief({ pageNumber: 2, pageCount: 3, previousTail: "Nobody knew why the keeper" }));
    expect(text).toMatch(/^–/);
    expect(jointAfter("Nobody knew why the keeper")).toBe(" ");
  });

  it("is a whole letter from the first page to the last", () => {
    const text = wholeText("letter", 2);
    expect(text).toMatch(/^Dear \p{Lu}/u);
    expect(text.match(/Dear /g)).toHaveLength(1);
    expect(text).toMatch(/Yours ever,\nAda\.$/);
  });

  it("says once, at the start, that it knows English only", () => {
    expect(demoText(brief({ language: "French" }))).toMatch(/^This demo writer knows English only.*French\./);
    expect(demoText(brief({ language: "French", previousTail: "One." }))).not.toContain("French");
    expect(demoText(brief({ language: "British English" }))).not.toContain("knows English only");
  });
});

describe("DemoWriter", () => {
  const request = pageRequest({
    prompt: TOPIC,
    model: "fast",
    pageNumber: 1,
    pageCount: 1,
    previousText: "",
    format: "prose",
  });
  const immediate = new DemoWriter({ wordsPerSecond: Number.POSITIVE_INFINITY });

  it("is labelled as what it is", () => {
    expect([immediate.label, immediate.isDemo]).toEqual([DEMO_WRITER_LABEL, true]);
    expect(DEMO_WRITER_LABEL).toBe("Demo writer: rule-based, no AI");
  });

  it("streams its text in chunks of a few words", async () => {
    const chunks: string[] = [];
    for await (const chunk of immediate.write(request, { signal: new AbortController().signal }))
      chunks.push(chunk);
    expect(chunks.join("")).toBe(demoText(request.brief));
    expect(chunks.length).toBeGreaterThan(100);
  });

  it("stops at once, also within a pause", async () => {
    const stop = new AbortController();
    const stream = new DemoWriter({ wordsPerSecond: 0.001 }).write(request, { signal: stop.signal });
    const next = stream.next();
    stop.abort();
    expect(await next).toEqual({ done: true, value: { finishReason: "stopped" } });
  });
});

/** Writes page after page as the studio does: each with the end of the text before. */
function wholeText(format: Format, pageCount: number): string {
  let text = "";
  for (let pageNumber = 1; pageNumber <= pageCount; pageNumber += 1) {
    const { brief } = pageRequest({
      prompt: TOPIC,
      model: "fast",
      pageNumber,
      pageCount,
      previousText: text,
      format,
    });
    text += jointAfter(text) + demoText(brief);
  }
  return text;
}

/** The share of six-word runs that stood in the text before. */
function repeatedRuns(text: string): number {
  const words = text.toLowerCase().match(/[\p{L}\p{N}’]+/gu) ?? [];
  const seen = new Set<string>();
  let repeated = 0;
  for (let at = 0; at + 6 <= words.length; at += 1) {
    const run = words.slice(at, at + 6).join(" ");
    if (seen.has(run)) repeated += 1;
    seen.add(run);
  }
  return repeated / (words.length - 5);
}
