import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as statusDoor } from "@/app/api/user-status/route";
import { POST as pictureDoor } from "@/app/api/demo/picture/route";
import { POST as signInDoor } from "@/app/api/demo/sign-in/route";
import { pool } from "@/lib/database/client";
import { signInWithToken } from "@/lib/domains/sessions/sign-in";
import { resetEnvForTests } from "@/lib/foundation/env";
import { callDoor } from "@/lib/testing/call-door";
import { type DoorServer, startDoorServers } from "@/lib/testing/door-servers";
import { seedDemo } from "./seed-demo";

let servers: DoorServer[];

beforeAll(async () => {
  servers = await startDoorServers(1);
  process.env.PENORA_DEMO = "true";
  process.env.PORT = new URL(servers[0]!.url).port;
  resetEnvForTests();
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

const ours = { "Sec-Fetch-Site": "same-origin" };

async function linkFor(body: Record<string, unknown>) {
  const told = await callDoor(signInDoor, { path: "/api/demo/sign-in", key: null, headers: ours, body });
  return { ...told, url: new URL(told.json.link ?? "about:blank") };
}

async function signIn(user_id: string, credits: number) {
  const { url } = await linkFor({ user_id, username: "Erik", email: "erik@demo.example", credits });
  const { cookie } = await signInWithToken(url.searchParams.get("auth_token")!, null);
  return cookie.pair;
}

const draw = (cookie: string) =>
  callDoor(pictureDoor, {
    path: "/api/demo/picture",
    key: null,
    headers: { ...ours, cookie },
    body: { prompt: "A lighthouse" },
  });

describe("the demo hub", () => {
  const erik = { user_id: "Erik", username: "Erik", email: "erik@demo.example" };

  it("puts its prefix before every id, and leads to where the hub would", async () => {
    const { url } = await linkFor(erik);
    expect(url.origin + url.pathname).toBe("http://localhost:3000/penora");
    const signedIn = await signInWithToken(url.searchParams.get("auth_token")!, null);
    expect(signedIn.userId).toBe("demo_erik");
  });

  it.each([
    ["http://localhost:3000/account?app=penora", "http://localhost:3000/account?app=penora"],
    ["https://evil.example/account", "http://localhost:3000/penora?"],
    ["//evil.example", "http://localhost:3000/penora?"],
    ["http://localhost:3000/sign-in-failed", "http://localhost:3000/penora?"],
    ["http://localhost:3000/demo?redirect=x", "http://localhost:3000/penora?"],
  ])("comes back from %s only to a page of ours", async (redirect, start) => {
    const { url } = await linkFor({ ...erik, redirect });
    expect(url.href.startsWith(start)).toBe(true);
  });

  it.each([
    [{ user_id: "a b" }],
    [{ user_id: "" }],
    [{ user_id: "x".repeat(41) }],
    [{ email: "nobody" }],
    [{ credits: -1 }],
    [{ credits: 1_000_001 }],
  ])("refuses %j", async (wrong) => {
    expect((await linkFor({ ...erik, ...wrong })).status).toBe(400);
  });

  it("signs for no other site", async () => {
    const told = await callDoor(signInDoor, {
      path: "/api/demo/sign-in",
      key: null,
      headers: { Origin: "https://evil.example" },
      body: erik,
    });
    expect(told.json.code).toBe("cross_site");
  });

  it("is not there where the demo is off", async () => {
    process.env.PENORA_DEMO = "false";
    resetEnvForTests();
    const cookieless = await linkFor(erik);
    process.env.PENORA_DEMO = "true";
    resetEnvForTests();
    expect(cookieless).toMatchObject({ status: 404, json: { code: "not_found" } });
  });
});

describe("the demo's ImageGene", () => {
  it("checks, spends and saves through the unified API, and the coins are gone once", async () => {
    const cookie = await signIn("demo_pays", 12);
    const { json } = await draw(cookie);
    expect(json.steps.map((step: { path: string; status: number }) => [step.path, step.status])).toEqual([
      ["/api/unified/user-info?user_id=demo_pays", 200],
      ["/api/unified/deduct-credits", 200],
      ["/api/unified/save-project", 200],
    ]);
    expect(json).toMatchObject({ credits: 7, project_code: expect.stringMatching(/^IMG_[A-Z0-9]{6}$/) });
    const status = await callDoor(statusDoor, { path: "/api/user-status", key: null, headers: { cookie } });
    expect(status.json).toMatchObject({ credits: 7, credits_used: 5, original_credits: 12 });
  });

  it("spends nothing where there is too little", async () => {
    const cookie = await signIn("demo_poor", 4);
    const { json } = await draw(cookie);
    expect(json).toMatchObject({ credits: null, picture: null, project_code: null });
    expect(json.steps).toHaveLength(1);
    const status = await callDoor(statusDoor, { path: "/api/user-status", key: null, headers: { cookie } });
    expect(status.json).toMatchObject({ credits: 4, storage: { used_bytes: 0 } });
  });

  it("shows its key nowhere", async () => {
    const { json } = await draw(await signIn("demo_looks", 50));
    expect(JSON.stringify(json)).not.toContain("pen_imagegene_");
  });

  it("draws for nobody who is not signed in", async () => {
    expect(await draw("a=b")).toMatchObject({ status: 401, json: { code: "not_signed_in" } });
  });
});

describe("seedDemo", () => {
  it("makes its person once, also where several start at the same time", async () => {
    await Promise.all([seedDemo(), seedDemo()]);
    await seedDemo();
    const { rows } = await pool().query<{ credits: number; project_count: number }>(
      "SELECT credits, project_count FROM users WHERE id = 'demo_ada'",
    );
    expect(rows).toEqual([expect.objectContaining({ credits: 233, project_count: 2 })]);
  });
});
