import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { amount, appName, cutText, metadata, text, userId, wholeNumber } from "./fields";

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;
const nested = (levels: number): unknown =>
  JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`) as unknown;

describe("a user id", () => {
  it.each<[unknown, string]>([
    ["118234567890123456789", "118234567890123456789"],
    ["x", "x"],
    ["ю".repeat(128), "ю".repeat(128)],
    [42, "42"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
    [" a b ", " a b "],
  ])("%j is %j", (given, read) => {
    expect(userId.parse(given)).toBe(read);
  });

  it.each<[unknown]>([
    [""],
    ["x".repeat(129)],
    [Number.MAX_SAFE_INTEGER + 1],
    [118234567890123456789],
    [1.5],
    [NaN],
    [true],
    [{}],
    [["x"]],
    ["a\0"],
    ["\udfff"],
  ])("%j is none", (given) => {
    expect(accepts(userId, given)).toBe(false);
  });
});

describe("an amount", () => {
  it.each([1, 60, 1_000_000, 3.0])("%d is one", (value) => {
    expect(accepts(amount, value)).toBe(true);
  });

  it.each<[unknown]>([
    [0],
    [-0],
    [-1],
    [0.5],
    [1_000_001],
    [2 ** 53],
    [1e308],
    [Infinity],
    [NaN],
    ["1"],
    [1n],
    [null],
    [[1]],
    [true],
  ])("%o is none", (value) => {
    expect(accepts(amount, value)).toBe(false);
  });

  it("says what is wrong with it", () => {
    expect(wholeNumber(1, 9).safeParse(10).error?.issues[0]?.message).toBe("must be at most 9");
    expect(wholeNumber(1, 9).safeParse(1e308).error?.issues[0]?.message).toBe("must be a whole number");
  });
});

describe("an app's name", () => {
  it("is lower-cased", () => {
    expect(appName.parse("ImageGene_2-x")).toBe("imagegene_2-x");
  });

  it.each(["", "a b", "a.b", "é", "x".repeat(65), "a\n"])("%j is none", (value) => {
    expect(accepts(appName, value)).toBe(false);
  });
});

describe("text", () => {
  it("that is too long is refused, or cut where it is a title or a description", () => {
    expect(accepts(text(3), "abcd")).toBe(false);
    expect(cutText(3).parse("abcd")).toBe("abc");
  });

  it("is never cut through the middle of a character", () => {
    expect(cutText(3).parse("a😀😀")).toBe("a😀");
    expect(cutText(4).parse("a😀😀")).toBe("a😀");
    expect(cutText(5).parse("a😀😀")).toBe("a😀😀");
  });

  it.each(["a\0b", "\ud83d", "\ude00", "\ude00\ud83d", `${"x".repeat(600)}\0`])("%j is none", (value) => {
    expect(accepts(text(1_000), value)).toBe(false);
    expect(accepts(cutText(500), value)).toBe(false);
  });
});

describe("metadata", () => {
  it.each<[unknown]>([[{}], [{ a: [1, { b: null }] }], [{ ключ: "\\u0000 \\ud800" }], [nested(100)]])(
    "%j is accepted",
    (value) => {
      expect(accepts(metadata(4096), value)).toBe(true);
    },
  );

  it.each<[string, unknown]>([
    ["a list", [1]],
    ["text", "{}"],
    ["too large as JSON", { a: "ж".repeat(2_048) }],
    ["too large by escapes", { a: "\n".repeat(2_045) }],
    ["NUL in a value", { a: { b: ["x\0"] } }],
    ["NUL in a name", { "a\0": 1 }],
    ["half a pair in a value", { a: "\ud800x" }],
    ["half a pair in a name", { "\udc00": 1 }],
    ["half a pair behind backslashes", { a: "\\\\\ud800" }],
    ["nested deeper than 100", nested(101)],
    ["nested without end", nested(200_000)],
  ])("that is %s is refused", (_what, value) => {
    expect(accepts(metadata(4096), value)).toBe(false);
  });
});
