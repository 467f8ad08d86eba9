import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { resetEnvForTests } from "@/lib/foundation/env";
import { TEST_ENVIRONMENT } from "@/lib/testing/environment";
import { hubToken, rawToken, secondsFromNow } from "@/lib/testing/tokens";
import { DEMO_TOKEN, verifyToken } from "./verify-token";

const HUB_KEY = TEST_ENVIRONMENT.SUKUSUKU_JWT_SECRET;
const DEMO_KEY = TEST_ENVIRONMENT.PENORA_DEMO_SECRET;
const claims = () => ({
  user_id: "u1",
  email: "u@example.com",
  iat: secondsFromNow(0),
  exp: secondsFromNow(60),
});

function set(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  resetEnvForTests();
}

afterEach(() =>
  set({
    ...TEST_ENVIRONMENT,
    DATABASE_URL: process.env.DATABASE_URL,
    PENORA_DEMO: undefined,
    SUKUSUKU_JWT_ISSUER: undefined,
    SUKUSUKU_JWT_AUDIENCE: undefined,
  }),
);

describe("verifyToken: who signed", () => {
  it("takes a token of the hub's key", async () => {
    expect((await verifyToken(await hubToken())).userId).toBe("108204268033311374519");
  });

  it.each([
    ["another key", async () => hubToken({}, { key: "another-key-that-is-long-enough-012345" })],
    ["no signature", async () => rawToken({ alg: "HS256" }, claims())],
    ["alg none", async () => rawToken({ alg: "none" }, claims())],
    ["alg none in capitals", async () => rawToken({ alg: "NONE" }, claims())],
    ["HS384 with the right key", async () => hubToken({}, { alg: "HS384" })],
    ["HS512 with the right key", async () => hubToken({}, { alg: "HS512" })],
    ["RS256 with a key of one's own", async () => rs256Token()],
    ["RS256 that is really an HMAC with the right key", async () => confusedToken("RS256")],
    ["no algorithm at all, an HMAC with the right key", async () => confusedToken(undefined)],
    [
      "a critical header that is not understood",
      async () => hmacToken({ alg: "HS256", crit: ["x"], x: 1 }, claims()),
    ],
    ["a changed claim", async () => changedToken()],
    ["nothing", async () => ""],
    ["words", async () => "not a token"],
    ["claims that are no object", async () => hmacToken({ alg: "HS256" }, [1] as object)],
    ["16 kB and more", async () => hubToken({ bio: "b".repeat(17_000) })],
  ])("refuses %s", async (_name, make) => {
    await expect(verifyToken(await make())).rejects.toThrow();
  });

  it("takes either of two keys while one is being rotated, and no third", async () => {
    const next = "the-next-hub-key-0123456789abcdefghij";
    set({ SUKUSUKU_JWT_SECRET: `${next},${HUB_KEY}` });
    await expect(verifyToken(await hubToken())).resolves.toBeDefined();
    await expect(verifyToken(await hubToken({}, { key: next }))).resolves.toBeDefined();
    await expect(verifyToken(await hubToken({}, { key: `${next},${HUB_KEY}` }))).rejects.toThrow();
  });

  it("refuses another issuer or audience where they are set", async () => {
    set({ SUKUSUKU_JWT_ISSUER: "https://sukusuku.ai", SUKUSUKU_JWT_AUDIENCE: "penora" });
    const right = { iss: "https://sukusuku.ai", aud: ["imagegene", "penora"] };
    await expect(verifyToken(await hubToken(right))).resolves.toBeDefined();
    await expect(verifyToken(await hubToken({ ...right, iss: "https://evil.example" }))).rejects.toThrow();
    await expect(verifyToken(await hubToken({ ...right, aud: "imagegene" }))).rejects.toThrow();
    await expect(verifyToken(await hubToken())).rejects.toThrow();
  });
});

describe("verifyToken: the demo's key", () => {
  const demo = { key: DEMO_KEY, typ: DEMO_TOKEN.typ };
  const person = { user_id: "demo_ada", iss: DEMO_TOKEN.issuer };

  it("counts in a demo, for its own people", async () => {
    set({ PENORA_DEMO: "true" });
    expect((await verifyToken(await hubToken(person, demo))).userId).toBe("demo_ada");
  });

  it("counts nowhere else", async () => {
    await expect(verifyToken(await hubToken(person, demo))).rejects.toThrow();
  });

  it.each([
    ["somebody real", { ...person, user_id: "108204268033311374519" }, demo],
    ["an id that only contains the prefix", { ...person, user_id: "x_demo_ada" }, demo],
    ["the id under another name", { iss: DEMO_TOKEN.issuer, user_id: undefined, sub: "ada" }, demo],
    ["a token that does not say that it is the demo's", { user_id: "demo_ada" }, demo],
    ["a token of another kind", person, { key: DEMO_KEY, typ: "JWT" }],
  ])("is not good for %s", async (_name, what, how) => {
    set({ PENORA_DEMO: "true" });
    await expect(verifyToken(await hubToken(what, how))).rejects.toThrow();
  });
});

describe("verifyToken: its time", () => {
  it.each([
    ["is over", { exp: secondsFromNow(-31) }],
    ["is over by exp, however young", { iat: secondsFromNow(0), exp: secondsFromNow(-60) }],
    ["has not come", { nbf: secondsFromNow(60) }],
    ["was issued in the future", { iat: secondsFromNow(60) }],
    ["has no end and is older than an hour", { exp: undefined, iat: secondsFromNow(-3_700) }],
    ["has neither beginning nor end", { exp: undefined, iat: undefined }],
    ["has an end that is no number", { exp: "2099-01-01" }],
    ["has a beginning that is no number", { iat: "now" }],
    ["began before all time", { iat: -5 }],
  ])("refuses a token whose time %s", async (_name, times) => {
    await expect(verifyToken(await hubToken(times))).rejects.toThrow();
  });

  it.each([
    ["ended within the tolerance", { exp: secondsFromNow(-20) }],
    ["begins within the tolerance", { nbf: secondsFromNow(20), iat: secondsFromNow(20) }],
    ["has no end but is young", { exp: undefined, iat: secondsFromNow(-3_500) }],
    ["has an end but no beginning", { iat: undefined }],
  ])("takes a token that %s", async (_name, times) => {
    await expect(verifyToken(await hubToken(times))).resolves.toBeDefined();
  });
});

function hmacToken(header: object, body: object): string {
  const input = rawToken(header, body).slice(0, -1);
  return `${input}.${createHmac("sha256", HUB_KEY).update(input).digest("base64url")}`;
}

const confusedToken = (alg: string | undefined) => hmacToken({ alg }, claims());

function rs256Token(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const input = rawToken({ alg: "RS256" }, claims()).slice(0, -1);
  return `${input}.${sign("sha256", Buffer.from(input), privateKey).toString("base64url")}`;
}

async function changedToken(): Promise<string> {
  const [header, , signature] = (await hubToken()).split(".");
  return `${header}.${Buffer.from(JSON.stringify({ ...claims(), user_id: "victim" })).toString("base64url")}.${signature}`;
}
