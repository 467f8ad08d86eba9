import { afterEach, describe, expect, it } from "vitest";
import { resetEnvForTests } from "@/lib/foundation/env";
import { loginUrl, ownPage } from "./login-url";

afterEach(() => {
  delete process.env.PENORA_DEMO;
  delete process.env.SUKUSUKU_LOGIN_URL;
  resetEnvForTests();
});

describe("loginUrl", () => {
  it("leads to the hub, with the whole address to come back to", () => {
    expect(loginUrl("/account?app=penora&x=a b")).toBe(
      "https://sukusuku.ai/login?redirect=http%3A%2F%2Flocalhost%3A3000%2Faccount%3Fapp%3Dpenora%26x%3Da+b",
    );
    expect(loginUrl()).toBe("https://sukusuku.ai/login");
  });

  it("keeps what the hub's address asks for itself", () => {
    process.env.SUKUSUKU_LOGIN_URL = "https://hub.example/in?app=penora";
    resetEnvForTests();
    expect(loginUrl("/")).toBe("https://hub.example/in?app=penora&redirect=http%3A%2F%2Flocalhost%3A3000%2F");
  });

  it("leads to the demo where there is one", () => {
    process.env.PENORA_DEMO = "true";
    resetEnvForTests();
    expect(loginUrl()).toBe("http://localhost:3000/demo");
  });
});

describe("ownPage", () => {
  it.each([
    ["http://localhost:3000/account?a=b", "http://localhost:3000/account?a=b"],
    ["/workspace/ABC123", "http://localhost:3000/workspace/ABC123"],
    ["HTTP://LOCALHOST:3000/", "http://localhost:3000/"],
    ["/a/../account", "http://localhost:3000/account"],
  ])("follows %s", (redirect, page) => {
    expect(ownPage(redirect)?.href).toBe(page);
  });

  it.each([
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "http://localhost:3000.evil.example/",
    "http://localhost:3000@evil.example/",
    "http://evil@localhost:3000/",
    "http://localhost:3001/",
    "https://localhost:3000/",
    "http:/\\evil.example",
    "\t//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://",
    "/api/session/end",
    "",
    undefined,
    null,
  ])("does not follow %s", (redirect) => {
    expect(ownPage(redirect)).toBeNull();
  });
});
