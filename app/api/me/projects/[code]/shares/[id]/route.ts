import { revokeMyShare as operation } from "@/lib/contract/exports";
import { revokeShare } from "@/lib/domains/exports/shares";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const DELETE = route(operation, ({ caller, input }) =>
  revokeShare({ ...input, user_id: personOf(caller), caller }),
);
