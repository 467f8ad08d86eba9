import { describe, expect, it } from "vitest";
import { z } from "zod";
import { deductCredits } from "../credits";
import { defineOperation } from "../operation";
import { deleteProject } from "../workspace";
import { health } from "../accounts";
import { asCurl } from "./as-curl";
import { asTypeScript } from "./as-typescript";
import { type ShownRequest, shownRequest } from "./shown-request";

const ORIGIN = "https://penora.example";

describe("a request in the docs", () => {
  it("is written for the shell with its key as a variable and its body as it is", () => {
    const body = { user_id: "1", amount: 2, app_name: "imagegene", description: "It's a picture" };
    expect(asCurl(shownRequest(deductCredits, ORIGIN, { body })))
      .toBe(`curl 'https://penora.example/api/unified/deduct-credits' \\
  -H "X-API-Key: $PENORA_API_KEY" \\
  -H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: order-2041' \\
  -d '{
  "user_id": "1",
  "amount": 2,
  "app_name": "imagegene",
  "description": "It'\\''s a picture"
}'`);
  });

  it("is written in TypeScript with names that need no quotes without them", () => {
    const body = { user_id: "1", metadata: { "a-b": '"c":\n' } };
    expect(asTypeScript(shownRequest(deductCredits, ORIGIN, { body })))
      .toBe(`const response = await fetch("https://penora.example/api/unified/deduct-credits", {
  method: "POST",
  headers: {
    "X-API-Key": process.env.PENORA_API_KEY!,
    "Content-Type": "application/json",
    "Idempotency-Key": "order-2041",
  },
  body: JSON.stringify({
    user_id: "1",
    metadata: {
      "a-b": "\\"c\\":\\n"
    }
  }),
});
const answer = await response.json();
if (!response.ok) throw new Error(\`\${answer.code}: \${answer.error}\`);
console.log(answer);`);
  });

  it("names its method where curl would choose another, and escapes what stands in the address", () => {
    const example = { params: { code: "A B" }, query: { user_id: "a&b" } };
    expect(asCurl(shownRequest(deleteProject, ORIGIN, example)).split(" \\\n")[0]).toBe(
      "curl -X DELETE 'https://penora.example/api/unified/project/A%20B?user_id=a%26b'",
    );
  });

  it("is one line where there is nothing more to say", () => {
    const shown = shownRequest(health, ORIGIN, {});
    expect(asCurl(shown)).toBe("curl 'https://penora.example/api/health'");
    expect(asTypeScript(shown)).toMatch(
      /^const response = await fetch\("https:\/\/penora.example\/api\/health"\);/,
    );
  });

  it("of a page comes with its session, and from our own origin where it changes something", () => {
    const change = defineOperation({
      ...deductCredits,
      auth: "session",
      method: "PATCH",
      body: z.object({}),
      response: z.object({}),
    });
    const shown = shownRequest(change, ORIGIN, { body: {} });
    expect(shown.headers).toMatchObject({ Cookie: "$PENORA_SESSION", Origin: ORIGIN });
    expect(asCurl(shown)).toContain(`curl -X PATCH 'https://penora.example/api/unified/deduct-credits'`);
    expect(asTypeScript(shown)).toContain("Cookie: process.env.PENORA_SESSION!,");
  });

  it("for a stream of events shows them as they come", () => {
    const shown: ShownRequest = { method: "GET", url: ORIGIN, headers: {}, reply: "events" };
    expect(asCurl(shown)).toBe("curl -N 'https://penora.example'");
    expect(asTypeScript(shown)).toContain("for await");
  });
});
