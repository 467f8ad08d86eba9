import { restoreMyProject as operation } from "@/lib/contract/my-workspace";
import { restoreProject } from "@/lib/domains/workspace/restore-project";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) =>
  restoreProject({ ...input, user_id: personOf(caller), caller }),
);
