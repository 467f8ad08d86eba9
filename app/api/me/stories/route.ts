import {
  createStory as createStoryOperation,
  listStories as listStoriesOperation,
} from "@/lib/contract/story";
import { createStory } from "@/lib/domains/studio/stories/edit-story";
import { listStories } from "@/lib/domains/studio/stories/read-story";
import { route } from "@/lib/http/route";

export const GET = route(listStoriesOperation, ({ caller, input }) => listStories({ ...input, caller }));

export const POST = route(createStoryOperation, ({ caller, input }) => createStory({ ...input, caller }));
