import { saveStory as saveStoryOperation } from "@/lib/contract/story";
import { saveStoryNow } from "@/lib/domains/studio/stories/save-story-now";
import { route } from "@/lib/http/route";

export const POST = route(saveStoryOperation, ({ caller, input }) => saveStoryNow({ ...input, caller }));
