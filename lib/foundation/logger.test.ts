import { describe, expect, it } from "vitest";
import { createLogger } from "./logger";

const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

function written(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger({ write: (line: string) => lines.push(line) }));
  return lines.join("");
}

describe("the log", () => {
  it("is one JSON object a line", () => {
    const line = written((log) => log.info({ status: 200, path: "/account" }, "request"));
    expect(JSON.parse(line)).toMatchObject({ level: "info", status: 200, path: "/account", msg: "request" });
  });

  it("hides secrets by name, however deep they lie", () => {
    const text = written((log) =>
      log.info({
        headers: { authorization: "Bearer abc", "x-api-key": "abc", cookie: "abc", "set-cookie": ["abc"] },
        body: [{ api_key: "abc", auth_token: "abc", apiKey: "abc" }],
        databaseUrl: "abc",
        web: new Headers({ authorization: "abc" }),
      }),
    );
    expect(text).not.toContain("abc");
  });

  it("hides secrets by shape, in messages and errors too", () => {
    const text = written((log) => {
      log.info(`signed in with ${TOKEN}`);
      log.info("signed in with %s", TOKEN);
      log.error(new Error(`bad token ${TOKEN}`));
      log.error({ err: new Error("refused", { cause: new Error("postgresql://me:pw-of-mine@db/x") }) });
      log.warn({ note: "GET /x?auth_token=pw-of-mine&a=1" });
    });
    expect(text).not.toContain("eyJ");
    expect(text).not.toContain("pw-of-mine");
    expect(text).toContain("a=1");
  });

  it("writes paths without their query", () => {
    expect(written((log) => log.info({ path: "/penora?auth_token=abc#x" }))).toContain('"path":"/penora"');
  });

  it("keeps numbers under names like tokens", () => {
    expect(JSON.parse(written((log) => log.info({ inputTokens: 12 })))).toMatchObject({ inputTokens: 12 });
  });

  it("survives circles and big numbers", () => {
    const circle: Record<string, unknown> = { n: 2n ** 63n };
    circle.self = circle;
    expect(written((log) => log.info(circle))).toContain("[circular]");
  });
});
