import { writeStoryOutline as writeStoryOutlineOperation } from "@/lib/contract/story";
import { writeStoryOutline } from "@/lib/domains/studio/stories/plan-story";
import { route } from "@/lib/http/route";

export const POST = route(writeStoryOutlineOperation, ({ caller, input }) =>
  writeStoryOutline({ ...input, caller }),
);
