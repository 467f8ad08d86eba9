"use client";

import { useEffect } from "react";
import { forgetPerson, notePerson, takeStoredToken } from "@/lib/client/known-person";
import { startSession } from "@/lib/client/start-session";
import { toast } from "@/lib/ui/toast-store";

export type SessionBridgeProps = { userId: string | null; username: string | null };

/**
 * What of signing in only the browser can do: exchange a token that lies in its `sessionStorage`, where nobody is signed
 * in, and say once when the person is another than before.
 */
export function SessionBridge({ userId, username }: SessionBridgeProps) {
  useEffect(() => {
    const token = takeStoredToken();
    if (userId === null) {
      if (token !== null) void exchange(token);
      return;
    }
    if (!notePerson(userId)) return;
    toast(`You are signed in as ${username} now`, {
      id: "session",
      description:
        "Somebody else was signed in here before. Pages that are still open for them change nothing.",
    });
  }, [userId, username]);
  return null;
}

/** A token that is no good is no error here: the page is a guest's, as it was. */
async function exchange(token: string): Promise<void> {
  if (!(await startSession(token))) return;
  forgetPerson();
  window.location.reload();
}
