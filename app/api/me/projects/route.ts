import { listMyProjects as operation } from "@/lib/contract/my-workspace";
import { listProjects } from "@/lib/domains/workspace/list-projects";
import { ownerOf } from "@/lib/domains/workspace/owner";
import { route } from "@/lib/http/route";

export const GET = route(operation, ({ caller, input }) =>
  listProjects({ ...input, user_id: ownerOf(caller), include_content: false }),
);
