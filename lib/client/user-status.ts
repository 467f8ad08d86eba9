export type UserStatus =
  | { authenticated: true; user_id: string; credits: number; held_credits: number; user_version: number }
  | { authenticated: false };

/** Asks who is signed in and what they have. Null where the answer can't be had or read: ask again later. */
export async function fetchUserStatus(signal?: AbortSignal): Promise<UserStatus | null> {
  try {
    const response = await fetch("/api/user-status", {
      headers: { Accept: "application/json" },
      cache: "no-store",
      credentials: "same-origin",
      signal,
    });
    if (!response.ok) return null;
    const answer: unknown = await response.json();
    if (typeof answer !== "object" || answer === null || !("authenticated" in answer)) return null;
    if (answer.authenticated !== true) return { authenticated: false };
    const { user_id, credits, held_credits, user_version } = answer as Partial<Record<string, unknown>>;
    if (typeof user_id !== "string" || typeof credits !== "number") return null;
    if (typeof held_credits !== "number" || typeof user_version !== "number") return null;
    return { authenticated: true, user_id, credits, held_credits, user_version };
  } catch {
    return null;
  }
}
