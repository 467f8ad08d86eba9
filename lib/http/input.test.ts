import { describe, expect, it } from "vitest";
import { addCredits, deductCredits, listTransactions, userInfo } from "@/lib/contract/credits";
import type { Operation } from "@/lib/contract/operation";
import { AppError } from "@/lib/foundation/app-error";
import { parseInput } from "./input";

function refusal(operation: Operation, fields: Record<string, unknown>): AppError {
  try {
    parseInput(operation, { params: {}, query: fields, body: fields });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("was accepted");
}

const spend = { user_id: "u", amount: 1, app_name: "x" };
const parse = (fields: object) =>
  parseInput(deductCredits, { params: {}, query: {}, body: fields as Record<string, unknown> });

describe("missing fields", () => {
  it.each([
    [{}, "user_id, amount, app_name"],
    [{ amount: 1 }, "user_id, app_name"],
    [{ user_id: "", amount: null, app_name: "x" }, "user_id, amount"],
    [{ app_name: 7 }, "user_id, amount"],
  ])("of %j are named in their order", (body, missing) => {
    const refused = refusal(deductCredits, body);
    expect(refused.message).toBe(`Missing required fields: ${missing}`);
    expect(refused.details).toEqual({ fields: missing.split(", ") });
  });

  it("are told before wrong ones", () => {
    expect(refusal(deductCredits, { amount: -1 }).message).toMatch(/^Missing/);
  });

  it("of a query are told the same way", () => {
    expect(refusal(userInfo, {}).message).toBe("Missing required fields: user_id");
  });
});

describe("fields", () => {
  it("that nobody knows are ignored", () => {
    expect(parse({ ...spend, future: { x: 1 }, idempotency_key: "k", api_key: "s" })).toEqual({
      ...spend,
      description: "Credit usage",
      action: "deduct",
    });
  });

  it("that are null where they need not be there count as absent", () => {
    expect(parse({ ...spend, description: null, project_code: null, metadata: null })).toEqual(parse(spend));
  });

  it("that are wrong are named, with what is wrong, in words for people", () => {
    for (const [field, value] of Object.entries({
      user_id: true,
      amount: "1",
      app_name: 1,
      description: 1,
      project_code: {},
      action: [],
      metadata: "x",
    })) {
      const refused = refusal(deductCredits, { ...spend, [field]: value });
      expect(refused.details).toMatchObject({ field });
      expect(refused.message).toMatch(new RegExp(`^Invalid request: ${field} must be `));
    }
  });

  it("deep in a list are named by their place", () => {
    const refused = refusal(addCredits, { user_id: "u", amount: 1, transaction_type: "gift" });
    expect(refused.message).toBe(
      "Invalid request: transaction_type must be purchased, bonus, adjustment or refund",
    );
  });

  it("of a list's query are read as people write them", () => {
    const query = {
      user_id: "u",
      limit: "5000",
      app: "ImageGene",
      from: "2026-01-01",
      to: "2026-02-01T00:00:00+02:00",
    };
    expect(parseInput(listTransactions, { params: {}, query, body: {} })).toEqual({
      user_id: "u",
      limit: 200,
      app: "imagegene",
      from: new Date("2026-01-01T00:00:00Z"),
      to: new Date("2026-01-31T22:00:00Z"),
    });
  });

  it.each<[string, string]>([
    ["limit", "0"],
    ["limit", "-1"],
    ["limit", "1.5"],
    ["limit", "all"],
    ["limit", "1e3"],
    ["from", "yesterday"],
    ["from", "2026-13-01"],
    ["from", "2026-02-30"],
    ["from", "2026-01-01T00:00:00"],
    ["from", "0000-01-01"],
    ["to", "1767225600000"],
    ["type", "spent"],
    ["app", "image gene"],
    ["user_id", "x".repeat(129)],
    ["user_id", "a\0b"],
    ["project_code", "\ud800"],
  ])("%s=%j of a query is refused and named", (field, value) => {
    expect(refusal(listTransactions, { user_id: "u", [field]: value }).details).toMatchObject({ field });
  });
});
