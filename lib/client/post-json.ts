/** What a door answered, or why it did not. */
export type Posted<T> =
  | { readonly ok: true; readonly answer: T }
  | { readonly ok: false; readonly status: number; readonly code: string; readonly error: string };

const NO_ANSWER = {
  ok: false,
  status: 0,
  code: "no_answer",
  error: "Penora did not answer. Check the connection and try again.",
} as const;

/** Posts to a door of ours in the name of `userId`, the person that the page was made for; null for a guest's page. */
export async function postJson<T>(path: string, body: object, userId: string | null): Promise<Posted<T>> {
  try {
    const reply = await fetch(path, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        ...(userId === null ? {} : { "X-Penora-User": encodeURIComponent(userId) }),
      },
      credentials: "same-origin",
      body: JSON.stringify(body),
    });
    const answer: unknown = await reply.json();
    if (reply.ok) return { ok: true, answer: answer as T }; // the door is held to its shape by the hallway
    const { code, error } = answer as { code?: unknown; error?: unknown };
    return { ok: false, status: reply.status, code: String(code), error: String(error) };
  } catch {
    return NO_ANSWER;
  }
}
