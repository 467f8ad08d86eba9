import * as operations from "@/lib/contract/my-workspace";
import { deleteProject } from "@/lib/domains/workspace/delete-project";
import { getProject } from "@/lib/domains/workspace/get-project";
import { updateProject } from "@/lib/domains/workspace/update-project";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

export const GET = route(operations.getMyProject, ({ caller, input }) =>
  getProject({ ...input, user_id: personOf(caller) }),
);

export const PATCH = route(operations.updateMyProject, ({ caller, input }) =>
  updateProject({ ...input, user_id: personOf(caller), caller }),
);

export const DELETE = route(operations.deleteMyProject, ({ caller, input }) =>
  deleteProject({ ...input, user_id: personOf(caller), caller }),
);
