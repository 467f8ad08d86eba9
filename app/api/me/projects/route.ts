import { createMyProject, listMyProjects } from "@/lib/contract/my-workspace";
import { listProjects } from "@/lib/domains/workspace/list-projects";
import { saveProject } from "@/lib/domains/workspace/save-project";
import { personOf } from "@/lib/foundation/person-of";
import { route } from "@/lib/http/route";

const TEXT = { app_source: "penora", project_type: "text" };

export const GET = route(listMyProjects, ({ caller, input }) =>
  listProjects({ ...input, user_id: personOf(caller), include_content: false }),
);
export const POST = route(createMyProject, ({ caller, input }) =>
  saveProject({ ...input, ...TEXT, user_id: personOf(caller), caller }),
);
