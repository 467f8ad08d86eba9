import { randomUUID } from "node:crypto";
import { type Scope, SCOPES } from "@/lib/contract/operation";
import { createUser } from "@/lib/domains/accounts/create-user";
import { createKey, type ShownKey } from "@/lib/domains/api-keys/manage-keys";
import type { Caller } from "@/lib/foundation/caller";

/** The root key, as the hallway makes it. */
export const ROOT_CALLER: Caller = {
  kind: "key",
  app: "system",
  admin: true,
  scopes: SCOPES,
  keyId: null,
  userId: null,
  sessionId: null,
  expiresAt: null,
  idempotency: null,
};

/** The root key with an idempotency key; the same `hash` is the same request. */
export function rootWithKey(key: string, hash = "same"): Caller {
  return { ...ROOT_CALLER, idempotency: { scope: "root", key, requestHash: hash } };
}

/** A new person with these credits, in the database of this test. Answers the id. */
export async function newPerson(credits: number, userId: string = `u-${randomUUID()}`): Promise<string> {
  await createUser({
    user_id: userId,
    username: "Test Person",
    email: "person@example.com",
    initial_credits: credits,
    caller: ROOT_CALLER,
  });
  return userId;
}

/** A key of an app that nobody else has, or of the one named. */
export async function newKey(
  scopes: readonly Scope[],
  app = `app-${randomUUID()}`,
  expiresAt: Date | null = null,
): Promise<ShownKey> {
  return createKey({ app, scopes, expiresAt });
}
