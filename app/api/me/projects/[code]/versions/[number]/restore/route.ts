import { restoreVersion as operation } from "@/lib/contract/versions";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { restoreVersion } from "@/lib/domains/workspace/versions";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) =>
  restoreVersion({ ...input, user_id: ownerOf(caller), caller }),
);
