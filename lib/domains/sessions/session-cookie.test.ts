import { sealData } from "iron-session";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { resetEnvForTests } from "@/lib/foundation/env";
import { TEST_ENVIRONMENT } from "@/lib/testing/environment";
import {
  isDueForRefresh,
  makeSessionCookie,
  openSessionCookie,
  replaceCookies,
  sessionCookieName,
} from "./session-cookie";

const DAY = 24 * 3600 * 1000;
const BEGIN = Date.parse("2026-01-01T00:00:00Z");
const session = {
  userId: "u1",
  sessionId: "3b9a4b0e-8c5e-4d6f-9a55-0f1d1d9c0a11",
  startedAt: BEGIN / 1000,
};

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: BEGIN }));
afterEach(() => {
  vi.useRealTimers();
  process.env.APP_URL = TEST_ENVIRONMENT.APP_URL;
  resetEnvForTests();
});

const after = (days: number) => vi.setSystemTime(BEGIN + days * DAY);

describe("the session cookie", () => {
  it("gives back what was sealed, and carries nothing else", async () => {
    const { pair } = await makeSessionCookie({ ...session, username: "Una" } as typeof session);
    expect(await openSessionCookie(`a=b; ${pair}; c=d`)).toEqual({ ...session, usedAt: session.startedAt });
  });

  it("is HttpOnly, Lax, for the whole site, and on http named after the port", async () => {
    const { setCookie } = await makeSessionCookie(session);
    expect(sessionCookieName()).toBe("penora_3000");
    expect(setCookie).toMatch(/^penora_3000=[^;]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it("is __Host- and Secure on https", async () => {
    process.env.APP_URL = "https://penora.example";
    resetEnvForTests();
    const { setCookie } = await makeSessionCookie(session);
    expect(setCookie).toMatch(
      /^__Host-penora=[^;]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  it("lasts 14 days from its last use", async () => {
    const { pair } = await makeSessionCookie(session);
    after(13.9);
    expect(await openSessionCookie(pair)).not.toBeNull();
    after(14.1);
    expect(await openSessionCookie(pair)).toBeNull();
  });

  it("lasts 90 days at most, however often it is used", async () => {
    let cookie = await makeSessionCookie(session);
    for (let day = 10; day <= 80; day += 10) {
      after(day);
      const opened = await openSessionCookie(cookie.pair);
      expect(opened).not.toBeNull();
      cookie = await makeSessionCookie(opened!);
    }
    expect(cookie.setCookie).toContain(`Max-Age=${10 * 24 * 3600};`);
    after(89.9);
    expect(await openSessionCookie(cookie.pair)).not.toBeNull();
    after(90.1);
    expect(await openSessionCookie(cookie.pair)).toBeNull();
  });

  it("is prolonged at most once an hour, and no longer where nothing is gained", () => {
    const seconds = (days: number) => (BEGIN + days * DAY) / 1000;
    after(1);
    expect(isDueForRefresh({ ...session, usedAt: seconds(1) - 3599 })).toBe(false);
    expect(isDueForRefresh({ ...session, usedAt: seconds(1) - 3600 })).toBe(true);
    after(80);
    expect(isDueForRefresh({ ...session, usedAt: seconds(77) })).toBe(false);
  });

  it.each([
    ["another key's seal", async () => sealData(session, { password: "another-secret-another-secret-0123" })],
    [
      "a seal of something else",
      async () => sealData({ admin: true }, { password: TEST_ENVIRONMENT.SESSION_SECRET }),
    ],
    ["words", async () => "Fe26.2*1*nonsense"],
    ["3 kB of noise", async () => "x".repeat(3_000)],
  ])("is not taken for one where it is %s", async (_name, make) => {
    expect(await openSessionCookie(`${sessionCookieName()}=${await make()}`)).toBeNull();
  });

  it("is put into the header of the same request in the place of another", () => {
    expect(
      replaceCookies("a=b; penora_3000=old; auth_token=t", ["penora_3000", "auth_token"], "penora_3000=new"),
    ).toBe("a=b; penora_3000=new");
    expect(replaceCookies(null, ["x"], "x=1")).toBe("x=1");
  });
});
