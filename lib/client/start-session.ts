/** Exchanges a token for a session; true where somebody is signed in now. A token that is no good changes nothing. */
export async function startSession(token: string): Promise<boolean> {
  try {
    const response = await fetch("/api/session", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      credentials: "same-origin",
      body: JSON.stringify({ auth_token: token }),
    });
    return response.ok;
  } catch {
    return false;
  }
}
