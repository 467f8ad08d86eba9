import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resetEnvForTests } from "@/lib/foundation/env";
import { answerUnknownDoor, hasNoDoor } from "./unknown-door";

const NEIGHBOUR = "https://imagegene.example";

function ask(method: string, path: string, headers: Record<string, string> = {}): Response {
  return answerUnknownDoor(new Request(`http://localhost:3000${path}`, { method, headers }));
}

const preflight = (path: string, origin: string) =>
  ask("OPTIONS", path, { Origin: origin, "Access-Control-Request-Method": "POST" });

const corsHeaders = (reply: Response) =>
  [...reply.headers.keys()].filter((name) => name.startsWith("access-control-"));

function useCors(origins: string | undefined): void {
  if (origins === undefined) delete process.env.CORS_ORIGINS;
  else process.env.CORS_ORIGINS = origins;
  resetEnvForTests();
}

describe("an address that no door is for", () => {
  it.each([
    "/api",
    "/api/",
    "/api/nothing",
    "/api/unified/nope",
    "/api/unified/deduct-credits/x",
    "/api/unified/%2e%2e",
  ])("%s is 404, as JSON with the envelope of every failure", async (path) => {
    for (const method of ["GET", "POST", "PATCH", "DELETE", "PUT", "OPTIONS"]) {
      const reply = ask(method, path, { "X-Request-Id": "mine-1" });
      expect(reply.status).toBe(404);
      expect(reply.headers.get("Content-Type")).toBe("application/json; charset=utf-8");
      expect(await reply.json()).toEqual({
        success: false,
        error: "Not found",
        code: "not_found",
        details: null,
        request_id: "mine-1",
        timestamp: expect.stringMatching(/Z$/) as unknown,
      });
    }
  });

  it.each([
    ["GET", "/api/unified/deduct-credits", "POST, OPTIONS"],
    ["HEAD", "/api/unified/deduct-credits", "POST, OPTIONS"],
    ["PUT", "/api/unified/deduct-credits", "POST, OPTIONS"],
    ["POST", "/api/unified/user-info", "GET, HEAD, OPTIONS"],
    ["POST", "/api/unified/projects", "GET, HEAD, OPTIONS"],
    ["PUT", "/api/unified/project/JHSHDU", "GET, PATCH, DELETE, HEAD, OPTIONS"],
  ])("%s %s is 405, naming what is allowed: %s", async (method, path, allow) => {
    const reply = ask(method, path);
    expect(reply.status).toBe(405);
    expect(reply.headers.get("Allow")).toBe(allow);
    expect(await reply.json()).toMatchObject({ success: false, code: "method_not_allowed", details: null });
  });

  it("is told from one that a door is for", () => {
    expect(hasNoDoor("GET", "/api/unified/user-info")).toBe(false);
    expect(hasNoDoor("HEAD", "/api/unified/user-info")).toBe(false);
    expect(hasNoDoor("HEAD", "/api/unified/deduct-credits")).toBe(true);
    expect(hasNoDoor("GET", "/api/unified/userXinfo")).toBe(true);
  });
});

describe("another origin", () => {
  beforeEach(() => useCors(`${NEIGHBOUR}, https://other.example`));
  afterEach(() => useCors(undefined));

  it("is not let in where CORS_ORIGINS is not set", () => {
    useCors(undefined);
    const reply = preflight("/api/unified/deduct-credits", NEIGHBOUR);
    expect(reply.status).toBe(204);
    expect(reply.headers.get("Allow")).toBe("POST, OPTIONS");
    expect(corsHeaders(reply)).toEqual([]);
  });

  it("that is named is let in by its name, never by a star, and never with credentials", () => {
    const { headers, status } = preflight("/api/unified/deduct-credits", NEIGHBOUR);
    expect(status).toBe(204);
    expect(headers.get("Access-Control-Allow-Origin")).toBe(NEIGHBOUR);
    expect(headers.get("Access-Control-Allow-Methods")).toContain("POST");
    expect(headers.get("Access-Control-Allow-Headers")).toMatch(/X-API-Key.*Idempotency-Key/);
    expect(headers.get("Access-Control-Allow-Credentials")).toBeNull();
    expect(headers.get("Vary")).toBe("Origin");
    expect(headers.get("X-Request-Id")).toBeTruthy();
  });

  it.each([
    ["not named", "https://evil.example", "/api/unified/deduct-credits"],
    ["named in another case only by scheme", "http://imagegene.example", "/api/unified/deduct-credits"],
    ["a name that goes on", `${NEIGHBOUR}.evil.example`, "/api/unified/deduct-credits"],
    ["no origin at all", "null", "/api/unified/deduct-credits"],
    ["named, at a door of our pages", NEIGHBOUR, "/api/session"],
  ])("that is %s is not let in", (_what, origin, path) => {
    expect(corsHeaders(preflight(path, origin))).toEqual([]);
    expect(corsHeaders(ask("PUT", path, { Origin: origin }))).toEqual([]);
  });

  it("that is named can read refusals too, and the headers that it needs", () => {
    const { headers } = ask("PUT", "/api/unified/deduct-credits", { Origin: NEIGHBOUR });
    expect(headers.get("Access-Control-Allow-Origin")).toBe(NEIGHBOUR);
    expect(headers.get("Access-Control-Expose-Headers")).toContain("Retry-After");
    expect(headers.get("Vary")).toBe("Origin");
  });
});
