import * as operations from "@/lib/contract/workspace";
import { deleteProject } from "@/lib/domains/workspace/delete-project";
import { getProject } from "@/lib/domains/workspace/get-project";
import { updateProject } from "@/lib/domains/workspace/update-project";
import { route } from "@/lib/http/route";

export const GET = route(operations.getProject, ({ input }) => getProject(input));

export const PATCH = route(operations.updateProject, ({ caller, input }) =>
  updateProject({ ...input, caller }),
);

export const DELETE = route(operations.deleteProject, ({ caller, input }) =>
  deleteProject({ ...input, caller }),
);
