import { createMyProject, listMyProjects } from "@/lib/contract/my-workspace";
import { listProjects } from "@/lib/domains/workspace/list-projects";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { saveProject } from "@/lib/domains/workspace/save-project";
import { route } from "@/lib/http/route";

const TEXT = { app_source: "penora", project_type: "text" };

export const GET = route(listMyProjects, ({ caller, input }) =>
  listProjects({ ...input, user_id: ownerOf(caller), include_content: false }),
);
export const POST = route(createMyProject, ({ caller, input }) =>
  saveProject({ ...input, ...TEXT, user_id: ownerOf(caller), caller }),
);
