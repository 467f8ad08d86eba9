export type UserStatus = { authenticated: true; user_id: string; credits: number } | { authenticated: false };

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
    if (!("user_id" in answer) || !("credits" in answer)) return null;
    if (typeof answer.user_id !== "string" || typeof answer.credits !== "number") return null;
    return { authenticated: true, user_id: answer.user_id, credits: answer.credits };
  } catch {
    return null;
  }
}
