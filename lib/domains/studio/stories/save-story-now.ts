import "server-only";
import type { OutputOf } from "@/lib/contract/operation";
import type { saveStory as operation } from "@/lib/contract/story";
import { inTransaction } from "@/lib/database/transaction";
import type { Caller } from "@/lib/foundation/caller";
import { personOf } from "@/lib/foundation/person-of";
import { lockPerson } from "../person-command";
import { SaveFailed } from "../save-text";
import { requireStory } from "./find-story";
import { saveStory } from "./save-story";

/**
 * Puts into the project what it lacks: what found no room before, and chapters whose place its owner has changed, behind
 * everything else. @throws `not_found`, `storage_limit_exceeded`.
 */
export async function saveStoryNow({
  caller,
  id,
}: {
  caller: Caller;
  id: string;
}): Promise<OutputOf<typeof operation>> {
  const userId = personOf(caller);
  return inTransaction(async (transaction) => {
    await lockPerson(transaction, userId);
    await requireStory(transaction, userId, id);
    try {
      return {
        project_code: await saveStory(transaction, userId, id, { lostToEnd: true }),
        unsaved: false as const,
      };
    } catch (error) {
      throw error instanceof SaveFailed ? error.cause : error;
    }
  });
}
