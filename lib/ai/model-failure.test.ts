import { APICallError } from "ai";
import { describe, expect, it } from "vitest";
import { modelFailure } from "@/lib/ai/model-failure";

const answer = (statusCode: number, responseHeaders: Record<string, string> = {}) =>
  new APICallError({
    message: "No.",
    url: "https://x.example",
    requestBodyValues: {},
    statusCode,
    responseHeaders,
  });

describe("modelFailure", () => {
  it.each([
    [400, "refused"],
    [401, "refused"],
    [404, "refused"],
    [408, "server"],
    [429, "rate_limited"],
    [500, "server"],
    [503, "server"],
    [529, "server"],
    [302, "refused"],
    [200, "rubbish"],
  ])("calls status %i %s", (status, kind) => {
    expect(modelFailure(answer(status), [])).toMatchObject({ kind, status });
  });

  it("reads Retry-After as seconds and as a date, and nothing else", () => {
    const seconds = (value: string) =>
      modelFailure(answer(429, { "retry-after": value }), []).retryAfterSeconds;
    expect(seconds("7")).toBe(7);
    expect(seconds("0.5")).toBe(0.5);
    expect(seconds(new Date(0).toUTCString())).toBe(0);
    expect(seconds(new Date(Date.now() + 3_600_000).toUTCString())).toBeGreaterThan(3_000);
    expect(seconds("soon")).toBeUndefined();
    expect(seconds("")).toBeUndefined();
  });

  it("keeps a short piece of the server's words, without keys and addresses", () => {
    const words =
      "Bad key abc123 (sk-live-9) at https://me:pw@api.example/v1 or 10.0.0.7:8080, Bearer zzz. ".repeat(9);
    const { detail = "" } = modelFailure(new Error(words), ["abc123"]);
    expect(detail.length).toBeLessThanOrEqual(200);
    for (const secret of ["abc123", "sk-live-9", "api.example", "pw", "10.0.0.7", "zzz"]) {
      expect(detail).not.toContain(secret);
    }
  });

  it.each([undefined, null, "text", 7, {}])("survives %j", (thrown) => {
    expect(modelFailure(thrown, []).kind).toBe("server");
  });
});
