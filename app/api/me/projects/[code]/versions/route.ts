import * as operations from "@/lib/contract/versions";
import { keepConflict, listVersions } from "@/lib/domains/workspace/versions";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const GET = route(operations.listVersions, ({ caller, input }) =>
  listVersions({ ...input, user_id: personOf(caller) }),
);

export const POST = route(operations.keepConflict, ({ caller, input }) =>
  keepConflict({ ...input, user_id: personOf(caller), caller }),
);
