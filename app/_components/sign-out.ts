import { endSession } from "@/lib/client/end-session";
import { forgetPerson } from "@/lib/client/known-person";
import { toast } from "@/lib/ui/toast-store";

/** Signs `userId` out, here or everywhere, and goes to the front page; says so where that did not work. */
export async function signOut(userId: string, everywhere: boolean): Promise<void> {
  const result = await endSession(userId, { everywhere });
  if (result === "ended") {
    forgetPerson();
    return window.location.assign("/");
  }
  const strange = result === "someone-else";
  toast(strange ? "Somebody else is signed in now" : "You are still signed in", {
    tone: "error",
    id: "sign-out",
    description: strange
      ? "This page belongs to the person before. Reload it to see who is signed in."
      : "Signing out did not work. Check the connection and try again.",
  });
}
