import { removeMyProject as operation } from "@/lib/contract/my-workspace";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { removeProject } from "@/lib/domains/workspace/remove-project";
import { route } from "@/lib/http/route";

export const DELETE = route(operation, ({ caller, input }) =>
  removeProject({ ...input, user_id: ownerOf(caller), caller }),
);
