import { afterEach, describe, expect, it } from "vitest";
import { resetEnvForTests } from "@/lib/foundation/env";
import { TEST_ENVIRONMENT } from "@/lib/testing/environment";
import { contentSecurityPolicy, makeNonce, pageHeaders } from "./page-headers";

afterEach(() => {
  Object.assign(process.env, TEST_ENVIRONMENT, { NODE_ENV: "test", DATABASE_URL: process.env.DATABASE_URL });
  resetEnvForTests();
});

function inProduction(variables: Record<string, string> = {}): void {
  Object.assign(process.env, { NODE_ENV: "production" }, variables);
  resetEnvForTests();
}

describe("the headers of a page", () => {
  it("let no script run but ours, and no page frame us", () => {
    inProduction();
    const policy = contentSecurityPolicy("N");
    expect(policy).toContain("script-src 'self' 'nonce-N' 'strict-dynamic';");
    expect(policy).toContain("style-src 'self' 'nonce-N';");
    expect(policy).toContain(
      "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(policy).not.toContain("unsafe");
    expect(policy).not.toContain("ws:");
  });

  it("bear another nonce each time, of 128 bits", () => {
    expect(makeNonce()).not.toBe(makeNonce());
    expect(Buffer.from(makeNonce(), "base64")).toHaveLength(16);
  });

  it("insist on https where the site is there", () => {
    expect(pageHeaders("p")).not.toHaveProperty("Strict-Transport-Security");
    inProduction({ APP_URL: "https://penora.example" });
    expect(pageHeaders("p")).toMatchObject({
      "Strict-Transport-Security": "max-age=31536000",
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
    });
  });
});
