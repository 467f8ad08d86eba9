import { afterEach, describe, expect, it } from "vitest";
import { resetEnvForTests } from "@/lib/foundation/env";
import { PEER_HEADER, peerOf } from "./peer";

afterEach(() => {
  delete process.env.TRUST_PROXY;
  resetEnvForTests();
});

function peer(trustProxy: number, forwarded: string | null, socket = "198.51.100.1"): string {
  process.env.TRUST_PROXY = String(trustProxy);
  resetEnvForTests();
  return peerOf(
    new Request("http://localhost:3000/", {
      headers: { [PEER_HEADER]: socket, ...(forwarded === null ? {} : { "X-Forwarded-For": forwarded }) },
    }),
  );
}

describe("the address that asks", () => {
  it.each<[string, number, string | null, string]>([
    ["the socket's where no proxy is trusted, whatever is claimed", 0, "203.0.113.9", "198.51.100.1"],
    ["what the one proxy saw", 1, "203.0.113.9", "203.0.113.9"],
    ["what the one proxy saw, not what was claimed to it", 1, "6.6.6.6, 203.0.113.9", "203.0.113.9"],
    ["what the outer of two proxies saw", 2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"],
    ["the same without spaces", 2, "6.6.6.6,203.0.113.9,10.0.0.1", "203.0.113.9"],
    ["an IPv6 address", 1, "2001:db8::7", "2001:db8::7"],
    ["the socket's where fewer proxies spoke than are trusted", 3, "203.0.113.9", "198.51.100.1"],
    ["the socket's where the trusted hop is empty", 1, "203.0.113.9, ", "198.51.100.1"],
    ["the socket's where no proxy spoke", 1, null, "198.51.100.1"],
  ])("is %s", (_what, trustProxy, forwarded, expected) => {
    expect(peer(trustProxy, forwarded)).toBe(expected);
  });
});
