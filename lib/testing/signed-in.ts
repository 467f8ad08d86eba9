import { randomUUID } from "node:crypto";
import { PAGE_USER_HEADER } from "@/lib/contract/headers";
import { pool } from "@/lib/database/client";
import { makeSessionCookie } from "@/lib/domains/sessions/session-cookie";
import { TEST_ENVIRONMENT } from "./environment";

/** The headers that a page of this person sends. */
export async function signedIn(userId: string): Promise<Record<string, string>> {
  const sessionId = randomUUID();
  await pool().query("INSERT INTO sessions (id, user_id) VALUES ($1, $2)", [sessionId, userId]);
  const cookie = await makeSessionCookie({
    userId,
    sessionId,
    startedAt: Math.floor(Date.now() / 1000),
  });
  return {
    Cookie: cookie.pair,
    Origin: TEST_ENVIRONMENT.APP_URL,
    "Content-Type": "application/json",
    [PAGE_USER_HEADER]: encodeURIComponent(userId),
  };
}
