import { describe, expect, it } from "vitest";
import {
  hasNeedlessSlash,
  isFile,
  isOpenPage,
  namesToken,
  tokenInQuery,
  withoutTokens,
} from "./page-address";

describe("the tokens of a query", () => {
  it("are looked for in the promised order, empty ones passed over", () => {
    expect(tokenInQuery("?session_token=c&jwt_token=b&auth_token=a")).toBe("a");
    expect(tokenInQuery("?session_token=c&jwt_token=b&auth_token=")).toBe("b");
    expect(tokenInQuery("?session_token=c")).toBe("c");
    expect(tokenInQuery("?auth_token=&user_id=1&email=a@b")).toBeNull();
  });

  it.each([
    ["?auth_token=a", ""],
    ["?auth_token=a&jwt_token=b&session_token=c", ""],
    ["?auth_token=a&auth_token=b&x=1", "?x=1"],
    ["?x=a%20b&auth_token=a&y=%2F&z", "?x=a%20b&y=%2F&z"],
    ["?auth%5Ftoken=a&x=1", "?x=1"],
    ["?%61uth_token=a", ""],
    ["?my_auth_token=a", "?my_auth_token=a"],
    ["?x=auth_token", "?x=auth_token"],
    ["", ""],
    ["?", ""],
  ])("are all taken out of %s", (search, left) => {
    expect(withoutTokens(search)).toBe(left);
    expect(namesToken(left)).toBe(false);
  });

  it("are seen however their name is written", () => {
    for (const search of ["?auth_token", "?auth_token=", "?auth%5ftoken=x", "?a=b&jwt_token=x"]) {
      expect(namesToken(search)).toBe(true);
    }
  });
});

describe("isOpenPage", () => {
  it.each([
    "/",
    "/penora",
    "/penora/",
    "/sign-in-failed",
    "/docs",
    "/docs/errors",
    "/demo",
    "/status",
    "/.well-known/x",
  ])("shows %s to a guest", (path) => expect(isOpenPage(path)).toBe(true));

  it.each([
    "/account",
    "/single-prompt",
    "/workspace",
    "/workspace/ABC123",
    "/penora/x",
    "/docsx",
    "/nothing",
    "/%61ccount",
  ])("does not show %s to a guest", (path) => expect(isOpenPage(path)).toBe(false));
});

describe("paths", () => {
  it("of files are no pages", () => {
    expect(["/icon.svg", "/favicon.ico", "/_next/static/x.js"].every(isFile)).toBe(true);
    expect(["/", "/account", "/workspace/IMG_ABC123", "/.well-known/x"].some(isFile)).toBe(false);
  });

  it("end in a slash only at the root and where the hub may link to", () => {
    expect(["/", "/penora/", "/penora", "/account"].some(hasNeedlessSlash)).toBe(false);
    expect(["/account/", "/docs//", "/penora//"].every(hasNeedlessSlash)).toBe(true);
  });
});
