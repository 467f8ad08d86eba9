import { writeStoryChapters as writeStoryChaptersOperation } from "@/lib/contract/story";
import { writeStoryChapters } from "@/lib/domains/studio/stories/write-chapters";
import { route } from "@/lib/http/route";

export const POST = route(writeStoryChaptersOperation, ({ caller, input }) =>
  writeStoryChapters({ ...input, caller }),
);
