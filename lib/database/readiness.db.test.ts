import { describe, expect, it } from "vitest";
import { GET as readyDoor } from "@/app/api/health/ready/route";
import { callDoor } from "@/lib/testing/call-door";
import { pool } from "./client";

const ask = () => callDoor(readyDoor, { path: "/api/health/ready", key: null });

describe("readiness", () => {
  it("is there with every migration, and not with one too few", async () => {
    expect(await ask()).toMatchObject({ status: 200, json: { status: "ready" } });
    const { rows } = await pool().query(
      `DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)
       RETURNING migration_name`,
    );
    expect(rows).toHaveLength(1);
    const told = await ask();
    expect(told).toMatchObject({ status: 503, json: { code: "unavailable" } });
    expect(told.headers.get("Retry-After")).toBe("1");
    expect(JSON.stringify(told.json)).not.toContain("migration");
  });
});
