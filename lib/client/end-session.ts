import { PAGE_USER_HEADER } from "@/lib/contract/headers";

/** How an attempt to sign out ended: done, refused because the session is another person's by now, or failed. */
export type EndSessionResult = "ended" | "someone-else" | "failed";

/** Signs `userId` out here, or everywhere. A session that is another person's by now is left alone. */
export async function endSession(
  userId: string,
  options: { everywhere: boolean },
): Promise<EndSessionResult> {
  try {
    const response = await fetch("/api/session/end", {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        [PAGE_USER_HEADER]: encodeURIComponent(userId),
      },
      credentials: "same-origin",
      body: JSON.stringify(options.everywhere ? { everywhere: true } : {}),
    });
    // 401: there is no session left to end.
    if (response.ok || response.status === 401) return "ended";
    return response.status === 409 ? "someone-else" : "failed";
  } catch {
    return "failed";
  }
}
