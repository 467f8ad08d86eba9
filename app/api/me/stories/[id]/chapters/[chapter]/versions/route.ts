import { listChapterVersions as listChapterVersionsOperation } from "@/lib/contract/story";
import { listChapterVersions } from "@/lib/domains/studio/stories/read-story";
import { route } from "@/lib/http/route";

export const GET = route(listChapterVersionsOperation, ({ caller, input }) =>
  listChapterVersions({ ...input, caller }),
);
