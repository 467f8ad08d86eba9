import { restoreVersion as operation } from "@/lib/contract/versions";
import { restoreVersion } from "@/lib/domains/workspace/versions";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const POST = route(operation, ({ caller, input }) =>
  restoreVersion({ ...input, user_id: personOf(caller), caller }),
);
