import * as operations from "@/lib/contract/versions";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { keepConflict, listVersions } from "@/lib/domains/workspace/versions";
import { route } from "@/lib/http/route";

export const GET = route(operations.listVersions, ({ caller, input }) =>
  listVersions({ ...input, user_id: ownerOf(caller) }),
);

export const POST = route(operations.keepConflict, ({ caller, input }) =>
  keepConflict({ ...input, user_id: ownerOf(caller), caller }),
);
