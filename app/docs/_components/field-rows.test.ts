import { describe, expect, it } from "vitest";
import type { JsonSchema } from "@/lib/contract/reference/openapi-types";
import { fieldRows, kindOf } from "./field-rows";

describe("what a field holds, in words", () => {
  it.each<[JsonSchema, string]>([
    [{ type: "integer", minimum: 1, maximum: 1_000_000 }, "whole number, 1 to 1,000,000"],
    [{ type: "integer", minimum: 1, default: 50 }, "whole number, from 1, 50 if left out"],
    [{ type: ["string", "null"], maxLength: 64 }, "text or null, up to 64 characters"],
    [
      { type: "string", enum: ["credit", "debit"], default: "credit" },
      '"credit", "debit", "credit" if left out',
    ],
    [{ type: "string", format: "date-time" }, "time"],
    [{ type: ["string", "null"], format: "date-time" }, "time or null"],
    [
      {
        anyOf: [
          { type: "string", format: "date" },
          { type: "string", format: "date-time" },
        ],
      },
      "day or time",
    ],
    [{ type: "array", items: { $ref: "#/components/schemas/Project" } }, "list of objects"],
    [{ type: "array", items: { type: "string" } }, "list of texts"],
    [{ type: "boolean", const: true }, "true"],
    [{ $ref: "#/components/schemas/Storage" }, "object"],
    [{}, "anything"],
  ])("%j", (schema, words) => {
    expect(kindOf(schema)).toBe(words);
  });
});

describe("the fields of an answer", () => {
  const text: JsonSchema = { type: "string", description: "A text." };

  it("stand with what lies inside them, and without the envelope", () => {
    const schema: JsonSchema = {
      type: "object",
      required: ["user"],
      properties: {
        success: { type: "boolean", const: true },
        user: { type: "object", properties: { name: text } },
        series: { type: "array", items: { type: "object", properties: { start: text } } },
        timestamp: text,
      },
    };
    expect(fieldRows(schema).map(({ name, required }) => [name, required])).toEqual([
      ["user", true],
      ["user.name", false],
      ["series", false],
      ["series[].start", false],
    ]);
  });

  it("stand once where they stand in several alternatives", () => {
    const schema: JsonSchema = { oneOf: [{ properties: { a: text } }, { properties: { a: text, b: text } }] };
    expect(fieldRows(schema).map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("lead to the shape that is described on its own", () => {
    const [row] = fieldRows({ properties: { storage: { $ref: "#/components/schemas/Storage" } } });
    expect(row?.shape).toBe("Storage");
  });
});
