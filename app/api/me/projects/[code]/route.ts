import * as operations from "@/lib/contract/my-workspace";
import { deleteProject } from "@/lib/domains/workspace/delete-project";
import { getProject } from "@/lib/domains/workspace/get-project";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { updateProject } from "@/lib/domains/workspace/update-project";
import { route } from "@/lib/http/route";

export const GET = route(operations.getMyProject, ({ caller, input }) =>
  getProject({ ...input, user_id: ownerOf(caller) }),
);

export const PATCH = route(operations.updateMyProject, ({ caller, input }) =>
  updateProject({ ...input, user_id: ownerOf(caller), caller }),
);

export const DELETE = route(operations.deleteMyProject, ({ caller, input }) =>
  deleteProject({ ...input, user_id: ownerOf(caller), caller }),
);
