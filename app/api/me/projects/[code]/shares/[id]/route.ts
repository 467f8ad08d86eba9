import { revokeMyShare as operation } from "@/lib/contract/exports";
import { revokeShare } from "@/lib/domains/exports/shares";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { route } from "@/lib/http/route";

export const DELETE = route(operation, ({ caller, input }) =>
  revokeShare({ ...input, user_id: ownerOf(caller), caller }),
);
