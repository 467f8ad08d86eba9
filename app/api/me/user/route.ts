import { updateMyUser as operation } from "@/lib/contract/low-balance";
import { updateUser } from "@/lib/domains/credits/update-user";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const PATCH = route(operation, ({ caller, input }) =>
  updateUser({ ...input, user_id: personOf(caller), caller }),
);
