import { restoreMyProject as operation } from "@/lib/contract/my-workspace";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { restoreProject } from "@/lib/domains/workspace/restore-project";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) =>
  restoreProject({ ...input, user_id: ownerOf(caller), caller }),
);
