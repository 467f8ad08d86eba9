import { writeStoryBible as writeStoryBibleOperation } from "@/lib/contract/story";
import { writeStoryBible } from "@/lib/domains/studio/stories/plan-story";
import { route } from "@/lib/http/route";

export const POST = route(writeStoryBibleOperation, ({ caller, input }) =>
  writeStoryBible({ ...input, caller }),
);
