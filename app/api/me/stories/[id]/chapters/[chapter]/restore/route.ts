import { restoreChapterVersion as restoreChapterVersionOperation } from "@/lib/contract/story";
import { restoreChapterVersion } from "@/lib/domains/studio/stories/edit-story";
import { route } from "@/lib/http/route";

export const POST = route(restoreChapterVersionOperation, ({ caller, input }) =>
  restoreChapterVersion({ ...input, caller }),
);
