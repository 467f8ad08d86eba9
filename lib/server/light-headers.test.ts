import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { LightHeaders, webHeaders } from "./light-headers";

const message = {
  rawHeaders: ["X-One", "1", "Cookie", "a=1", "x-one", "2", "COOKIE", "b=2", "Accept", ""],
} as IncomingMessage;

function light(): Headers {
  return new LightHeaders(message) as unknown as Headers;
}

describe("LightHeaders", () => {
  it.each(["x-one", "X-ONE", "cookie", "accept", "authorization"])("tells %s as real ones do", (name) => {
    expect(light().get(name)).toBe(webHeaders(message).get(name));
    expect(light().has(name)).toBe(webHeaders(message).has(name));
  });

  it("passes for what the platform calls Headers", () => {
    expect(light()).toBeInstanceOf(Headers);
    expect([...light()]).toEqual([...webHeaders(message)]);
    expect([...new Headers(light())]).toEqual([...webHeaders(message)]);
    expect([...new Request("http://localhost", { headers: light() }).headers.keys()]).toContain("x-one");
  });

  it("tells of a change that was made to them", () => {
    const headers = light();
    headers.set("X-One", "3");
    headers.delete("accept");
    expect(headers.get("x-one")).toBe("3");
    expect(headers.has("accept")).toBe(false);
  });
});
