import { getVersion as operation } from "@/lib/contract/versions";
import { getVersion } from "@/lib/domains/workspace/versions";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) =>
  getVersion({ ...input, user_id: personOf(caller) }),
);
