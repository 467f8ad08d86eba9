import { removeMyProject as operation } from "@/lib/contract/my-workspace";
import { removeProject } from "@/lib/domains/workspace/remove-project";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const DELETE = route(operation, ({ caller, input }) =>
  removeProject({ ...input, user_id: personOf(caller), caller }),
);
