import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/foundation/app-error";
import { requireSameOrigin } from "./same-origin";

const OURS = "http://localhost:3000";
const JSON_TYPE = { "Content-Type": "application/json" };

/** The code of the refusal, or null. */
function refusal(method: string, headers: Record<string, string>, hasSession: boolean): string | null {
  try {
    requireSameOrigin(new Request(`${OURS}/api/me/x`, { method, headers }), hasSession);
    return null;
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

describe("a request that changes something in a browser's name", () => {
  it.each<[string, Record<string, string>, boolean, string | null]>([
    ["from our own page", { ...JSON_TYPE, Origin: OURS }, true, null],
    ["from our own page, as the browser says", { ...JSON_TYPE, "Sec-Fetch-Site": "same-origin" }, true, null],
    ["from a page that signs in", { ...JSON_TYPE, Origin: OURS }, false, null],
    ["with a charset", { "Content-Type": "application/json; charset=utf-8", Origin: OURS }, true, null],
    ["from a server: no cookie, no origin", JSON_TYPE, false, null],
    ["with a cookie and without an origin", JSON_TYPE, true, "cross_site"],
    ["from another site", { ...JSON_TYPE, Origin: "https://evil.example" }, true, "cross_site"],
    [
      "from another site, without a session",
      { ...JSON_TYPE, Origin: "https://evil.example" },
      false,
      "cross_site",
    ],
    ["from another port", { ...JSON_TYPE, Origin: "http://localhost:3001" }, true, "cross_site"],
    ["from another scheme", { ...JSON_TYPE, Origin: "https://localhost:3000" }, true, "cross_site"],
    [
      "from a host that begins like ours",
      { ...JSON_TYPE, Origin: `${OURS}.evil.example` },
      true,
      "cross_site",
    ],
    ["from a sandboxed frame", { ...JSON_TYPE, Origin: "null" }, true, "cross_site"],
    ["with an origin that is none", { ...JSON_TYPE, Origin: "::" }, true, "cross_site"],
    ["from a sibling host", { ...JSON_TYPE, "Sec-Fetch-Site": "same-site" }, true, "cross_site"],
    [
      "as the browser says, cross-site",
      { ...JSON_TYPE, "Sec-Fetch-Site": "cross-site" },
      false,
      "cross_site",
    ],
    ["as a form", { "Content-Type": "text/plain", Origin: OURS }, true, "cross_site"],
    [
      "as a form of another site",
      { "Content-Type": "text/plain", Origin: "https://evil.example" },
      true,
      "cross_site",
    ],
    ["without a content type", { Origin: OURS }, true, "cross_site"],
  ])("%s", (_what, headers, hasSession, expected) => {
    for (const method of ["POST", "PATCH", "DELETE"]) {
      expect(refusal(method, headers, hasSession)).toBe(expected);
    }
  });

  it("is no question where something is only read", () => {
    expect(refusal("GET", { Origin: "https://evil.example" }, true)).toBeNull();
    expect(refusal("HEAD", { Origin: "https://evil.example" }, true)).toBeNull();
  });
});
