import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/foundation/app-error";
import { MAX_BODY_BYTES, readJsonObject } from "./body";

function request(body: BodyInit | null, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost:3000/api/unified/x", {
    method: "POST",
    body,
    headers: { "Content-Type": "application/json", ...headers },
    duplex: "half",
  } as RequestInit);
}

async function refusal(body: BodyInit | null, headers?: Record<string, string>): Promise<string> {
  const error: unknown = await readJsonObject(request(body, headers)).catch((thrown: unknown) => thrown);
  return error instanceof AppError ? error.code : "accepted";
}

/** A body whose length nobody has told. */
function chunked(
  bytes: number,
  chunk = 64 * 1024,
): { stream: ReadableStream<Uint8Array>; sent: () => number } {
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= bytes) return controller.close();
      sent += chunk;
      controller.enqueue(new Uint8Array(chunk).fill(0x20));
    },
  });
  return { stream, sent: () => sent };
}

describe("a body", () => {
  it.each<[string, BodyInit | null]>([
    ["an object", '{"a":1}'],
    ["an object behind a byte order mark", '\ufeff{"a":1}'],
    ["an object in spaces", ' \n{"a":1}\t'],
  ])("is read where it is %s", async (_what, body) => {
    expect(await readJsonObject(request(body))).toEqual({ a: 1 });
  });

  it("that is empty or missing is an empty object, so that the answer names the missing fields", async () => {
    expect(await readJsonObject(request(""))).toEqual({});
    expect(await readJsonObject(request(null))).toEqual({});
  });

  it.each<[string, BodyInit]>([
    ["no JSON", "user_id=1"],
    ["broken off", '{"a":'],
    ["a list", "[]"],
    ["a string", '"x"'],
    ["a number", "1"],
    ["null", "null"],
    ["with a comma too many", '{"a":1,}'],
    ["not in UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ["in UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
    ["blank", "   "],
  ])("is refused where it is %s", async (_what, body) => {
    expect(await refusal(body)).toBe("invalid_request");
  });

  it.each([
    ["application/json", "accepted"],
    ["Application/JSON; charset=utf-8", "accepted"],
    ["application/vnd.penora+json", "accepted"],
    ["", "accepted"],
    ["text/plain", "unsupported_media_type"],
    ["application/x-www-form-urlencoded", "unsupported_media_type"],
    ["multipart/form-data; boundary=x", "unsupported_media_type"],
    ["text/html; application/json", "unsupported_media_type"],
    ["application/jsonp", "unsupported_media_type"],
  ])("of type %j is %s", async (type, expected) => {
    expect(await refusal("{}", { "Content-Type": type })).toBe(expected);
  });

  it("of 4 MB is read: 1 MB of text can be that much escaped JSON", async () => {
    const cyrillic = "ж".repeat(500_000);
    const escaped = `{"content":"${cyrillic.replaceAll("ж", "\\u0436")}"}`;
    expect(escaped.length).toBeGreaterThan(2.9e6);
    expect(await readJsonObject(request(escaped))).toEqual({ content: cyrillic });
    expect(await refusal(`{"a":"${"x".repeat(MAX_BODY_BYTES - 8)}"}`)).toBe("accepted");
  });

  it("that is told to be larger than 4 MB is refused unread", async () => {
    const { stream, sent } = chunked(64 * 1024);
    expect(await refusal(stream, { "Content-Length": String(MAX_BODY_BYTES + 1) })).toBe("payload_too_large");
    expect(sent()).toBeLessThanOrEqual(64 * 1024);
  });

  it("that grows past 4 MB without saying so is refused there, and read no further", async () => {
    const { stream, sent } = chunked(64 * 1024 * 1024);
    expect(await refusal(stream)).toBe("payload_too_large");
    expect(sent()).toBeLessThan(MAX_BODY_BYTES + 4 * 64 * 1024);
  });
});
