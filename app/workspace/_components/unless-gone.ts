import { ApiError } from "@/lib/client/api-error";

/** Whether a change of a project was made: false where it is not there any more, as another tab or a lost answer leaves it. */
export async function unlessGone(change: Promise<unknown>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.code === "project_not_found") return false;
    throw error;
  }
}
