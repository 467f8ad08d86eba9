import { emptyMyBin as operation } from "@/lib/contract/my-workspace";
import { emptyBin } from "@/lib/domains/workspace/remove-project";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const DELETE = route(operation, ({ caller, input }) =>
  emptyBin({ ...input, user_id: personOf(caller), caller }),
);
