import { describeFailure } from "@/lib/client/api-error";
import { callApi } from "@/lib/client/call-api";
import { forgetPerson } from "@/lib/client/known-person";
import { type DemoPerson, demoSignIn } from "@/lib/contract/demo";

/** Signs in as a person by following the link that the hub would; answers what went wrong, if something did. */
export async function followSignInLink(
  person: DemoPerson,
  redirect: string | undefined,
): Promise<string | null> {
  try {
    const { link } = await callApi(demoSignIn, { ...person, redirect }, { userId: null });
    // Whoever chooses a person here knows that they change.
    forgetPerson();
    window.location.assign(link);
    return null;
  } catch (error) {
    return describeFailure(error).title;
  }
}
