import {
  deleteStory as deleteStoryOperation,
  getStory as getStoryOperation,
  updateStory as updateStoryOperation,
} from "@/lib/contract/story";
import { deleteStory, updateStory } from "@/lib/domains/studio/stories/edit-story";
import { getStory } from "@/lib/domains/studio/stories/read-story";
import { route } from "@/lib/http/route";

export const GET = route(getStoryOperation, ({ caller, input }) => getStory({ ...input, caller }));

export const PATCH = route(updateStoryOperation, ({ caller, input }) => updateStory({ ...input, caller }));

export const DELETE = route(deleteStoryOperation, ({ caller, input }) => deleteStory({ ...input, caller }));
