import { emptyMyBin as operation } from "@/lib/contract/my-workspace";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { emptyBin } from "@/lib/domains/workspace/remove-project";
import { route } from "@/lib/http/route";

export const DELETE = route(operation, ({ caller, input }) =>
  emptyBin({ ...input, user_id: ownerOf(caller), caller }),
);
