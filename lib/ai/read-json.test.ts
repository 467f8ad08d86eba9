import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "@/lib/ai/read-json";

const json = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 3 }), {
  minKeys: 1,
  noNullPrototype: true,
});

describe("readJson", () => {
  it("reads any object as JSON does, also in a fence and among prose", () => {
    fc.assert(
      fc.property(json, fc.boolean(), (value, pretty) => {
        const text = JSON.stringify(value, null, pretty ? 2 : 0);
        for (const answer of [
          text,
          `\`\`\`json\n${text}\n\`\`\``,
          `Here it is [1], {name}:\n${text}\nI hope it fits.`,
        ]) {
          expect(readJson(answer)).toEqual({ value: JSON.parse(text) as unknown, whole: true });
        }
      }),
    );
  });

  it("of a cut off answer keeps what was complete, and says that it was cut off", () => {
    const items = Array.from({ length: 5 }, (_, at) => ({ n: at, s: `a "quoted" \\ text ${at}` }));
    const whole = JSON.stringify({ items });
    for (let length = whole.indexOf("}") + 1; length < whole.length; length += 1) {
      const found = readJson(whole.slice(0, length));
      expect(found?.whole).toBe(false);
      const complete = (found?.value as { items: object[] }).items.filter(
        (item) => Object.keys(item).length === 2,
      );
      expect(items.slice(0, complete.length)).toEqual(complete);
    }
  });

  it.each([
    ['{"a": [1, 2,], "b": 3,}', { a: [1, 2], b: 3 }],
    ['{"a": "one\ntwo\tthree"}', { a: "one\ntwo\tthree" }],
    ['{"a": "it\\\'s \\d"}', { a: "it\\'s \\d" }],
    ['[{"a": 1}]', [{ a: 1 }]],
    ['I thought {about it}. {"a": 1}', { a: 1 }],
    ['{"a": "}{][" }', { a: "}{][" }],
  ])("mends %j", (text, value) => expect(readJson(text)).toEqual({ value, whole: true }));

  it.each(["", "No JSON.", "{", '{"a', "[1, 2]", "{}", "{a: 1", `${"[".repeat(99)}`])(
    "finds nothing in %j",
    (text) => {
      expect(readJson(text)).toBeNull();
    },
  );

  it("never throws and is quick, whatever it is given", () => {
    const rubbish = fc.string({
      unit: fc.constantFrom("{", "}", "[", "]", '"', "\\", ",", ":", "a", "1", "\n"),
      maxLength: 200,
    });
    fc.assert(
      fc.property(rubbish, (text) => void readJson(text)),
      { numRuns: 2_000 },
    );
    expect(readJson("{".repeat(100_000))).toBeNull();
    expect(readJson('{"a":'.repeat(30_000))).toBeNull();
  });
});
