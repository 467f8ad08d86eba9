import { signInToDemo } from "@/lib/client/demo";
import { forgetPerson } from "@/lib/client/known-person";
import type { DemoPerson } from "@/lib/contract/demo";

/** Signs in as a person by following the link that the hub would; answers what went wrong, if something did. */
export async function followSignInLink(
  person: DemoPerson,
  redirect: string | undefined,
): Promise<string | null> {
  const posted = await signInToDemo(person, redirect);
  if (!posted.ok) return posted.error;
  // Whoever chooses a person here knows that they change.
  forgetPerson();
  window.location.assign(posted.answer.link);
  return null;
}
